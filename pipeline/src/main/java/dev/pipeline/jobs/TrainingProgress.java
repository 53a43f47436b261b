package dev.pipeline.jobs;

import dev.pipeline.io.StopSignal;
import dev.pipeline.train.TrainingMonitor;
import java.util.Locale;

/** Shows a training run as step, loss, hold-out loss and tokens a second. */
final class TrainingProgress implements TrainingMonitor {
  private final dev.pipeline.io.Progress progress;
  private final StopSignal stop;
  private String holdOut = "";

  TrainingProgress(RunContext run) {
    this.progress = run.progress();
    this.stop = run.stop();
  }

  @Override
  public void step(TrainingMonitor.Progress step) {
    progress.at(
        step.step(),
        step.totalSteps(),
        String.format(
            Locale.ROOT,
            "loss %.3f%s, %.0f tokens/s",
            step.loss(),
            holdOut,
            step.tokensPerSecond()));
  }

  @Override
  public void evaluated(int step, double loss, boolean best) {
    holdOut = String.format(Locale.ROOT, ", hold-out %.3f%s", loss, best ? " (best)" : "");
  }

  @Override
  public boolean stopRequested() {
    return stop.isRequested();
  }
}
