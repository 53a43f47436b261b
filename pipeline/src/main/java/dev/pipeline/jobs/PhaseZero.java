package dev.pipeline.jobs;

import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.model.BaseModels;
import dev.pipeline.talk.Bench;
import dev.pipeline.talk.BenchRecords;
import dev.pipeline.talk.Figures;
import dev.pipeline.talk.Speaker;
import dev.pipeline.talk.StopButton;
import dev.pipeline.talk.Verdict;
import dev.pipeline.torch.Gpus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Phase 0, before any training: whether the base model, quantised as it will be served, is fast and
 * small enough for this machine.
 */
public final class PhaseZero {
  private final PipelineConfig config;
  private final Bench.Plan plan;
  private final Progress progress;
  private final StopButton stop;

  /** A measurement that reports to {@code progress}. */
  public PhaseZero(PipelineConfig config, Bench.Plan plan, Progress progress, StopButton stop) {
    this.config = config;
    this.plan = plan;
    this.progress = progress;
    this.stop = stop;
  }

  /**
   * What was found.
   *
   * @param figures measured
   * @param verdict on them
   * @param kept where it is noted; empty where it was not the base as it will be served
   */
  public record Result(Figures figures, Verdict verdict, Optional<String> kept) {}

  /** The base as Q4_K_M, which the job {@code baseline} makes unless it is there. */
  public static Path quantised(RunRequest request, RunReport report, StopSignal signal) {
    Finished finished = new Finished(report);
    new PipelineRun(request, finished, signal).run();
    return finished.gguf();
  }

  /** Measures the base, quantised to {@code gguf}, and notes the verdict. */
  public Result base(Path gguf, Speakers.Wish wish) {
    Result result = measure(wish.withModel(gguf.toString()));
    Path folder = BaseModels.folder(config.model().baseModel());
    Path kept =
        records(config.model())
            .keep(
                new BenchRecords.Entry(
                    config.model().baseModel().toString(),
                    BaseFingerprint.of(folder),
                    Machine.description(),
                    result.verdict(),
                    result.figures()));
    return new Result(result.figures(), result.verdict(), Optional.of(kept.toString()));
  }

  /** Measures whatever is wished; notes nothing. */
  public Result measure(Speakers.Wish wish) {
    Supplier<Speaker> open = () -> Speakers.open(config, wish, System.getenv());
    Figures figures =
        new Bench(config.model().systemPrompt(), plan, progress, stop, Gpus::taken).measure(open);
    long gpus = Gpus.memory().stream().mapToLong(Long::longValue).sum();
    return new Result(
        figures,
        Verdict.of(figures, new Verdict.Capacity(Machine.memory(), gpus)),
        Optional.empty());
  }

  /** Hands on what is reported, and keeps the path of what was made. */
  private static final class Finished implements RunReport {
    private final RunReport report;
    private String gguf = "";

    Finished(RunReport report) {
      this.report = report;
    }

    Path gguf() {
      return Path.of(gguf);
    }

    @Override
    public void road(String words) {
      report.road(words);
    }

    @Override
    public Progress started(String job, boolean continued) {
      return report.started(job, continued);
    }

    @Override
    public void finished(RunManifest manifest, Duration duration) {
      gguf = manifest.output(BaselineJob.GGUF).path();
      report.finished(manifest, duration);
    }

    @Override
    public void alreadyDone(RunManifest manifest) {
      gguf = manifest.output(BaselineJob.GGUF).path();
      report.alreadyDone(manifest);
    }

    @Override
    public void nothingToDo() {
      // What was made before is measured now.
    }
  }

  /** What is to be said of a base that never passed here, in one line; empty for one that did. */
  static Optional<String> warning(ModelConfig model) {
    Path folder;
    try {
      folder = BaseModels.folder(model.baseModel());
    } catch (Failure missing) {
      return Optional.empty();
    }
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    Optional<BenchRecords.Entry> entry =
        records(model).find(BaseFingerprint.of(folder), Machine.description());
    if (entry.map(known -> known.verdict().passed()).orElse(false)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s %s on this machine: 'pipeline bench' %s"
            .formatted(
                model.baseModel(),
                entry.isPresent() ? "did not pass phase 0" : "never passed phase 0",
                entry.isPresent() ? "says why" : "tells whether it is fast and small enough"));
  }

  private static BenchRecords records(ModelConfig model) {
    return new BenchRecords(Workspace.of(model).bench());
  }
}
