package dev.pipeline.cli;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress for people: a bar with what matters beside it and the time left. */
final class BarProgress implements LiveProgress {
  private static final int PERIOD_MILLIS = 200;

  private final String label;
  private @Nullable ProgressBar bar;

  BarProgress(String label) {
    this.label = label;
  }

  @Override
  public synchronized void at(long done, long total, String message) {
    if (bar == null || bar.getMax() != Math.max(total, -1)) {
      close();
      bar = start(total);
    }
    bar.stepTo(done);
    bar.setExtraMessage(message);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private ProgressBar start(long total) {
    return new ProgressBarBuilder()
        .setTaskName(label)
        .setInitialMax(total > 0 ? total : -1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(PERIOD_MILLIS)
        .setConsumer(new ConsoleProgressBarConsumer(System.out))
        .clearDisplayOnFinish()
        .build();
  }
}
