package dev.pipeline.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.jspecify.annotations.Nullable;

/** Progress for people: a bar with what matters beside it and the time left. */
final class BarProgress implements LiveProgress {
  private static final int PERIOD_MILLIS = 200;

  /** What the library calls a length that nobody knows. */
  private static final long UNKNOWN = -1;

  private final PrintStream out;
  private final String label;
  private final int columns;
  private final Pace pace = new Pace(System::nanoTime);
  private long length = UNKNOWN;
  private @Nullable ProgressBar bar;

  /** A bar of at most {@code columns} characters. */
  BarProgress(PrintStream out, String label, int columns) {
    this.out = out;
    this.label = label;
    this.columns = columns;
  }

  @Override
  public synchronized void at(long done, long total, String message) {
    pace.at(done, total);
    long wanted = total > 0 ? total : UNKNOWN;
    // Not the bar's own length, which grows with the position when it is unknown.
    if (bar == null || length != wanted) {
      close();
      length = wanted;
      bar = start();
    }
    bar.setExtraMessage(message);
    bar.stepTo(done);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      // By hand: the library leaves a bar standing that closes before it was first drawn.
      out.print("\r" + " ".repeat(columns) + "\r");
      out.flush();
    }
  }

  private ProgressBar start() {
    return new ProgressBarBuilder()
        .setTaskName(label)
        .setInitialMax(length)
        .setRenderer(new BarLine(pace))
        .setUpdateIntervalMillis(PERIOD_MILLIS)
        .setConsumer(new Line(out, columns))
        .build();
  }

  /** A line that is written again and again; the library's own leaves an empty one behind. */
  private record Line(PrintStream out, int getMaxRenderedLength) implements ProgressBarConsumer {
    @Override
    public void accept(String text) {
      out.print("\r" + text);
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
