package dev.pipeline.cli;

import dev.pipeline.fetch.FetchListener;
import dev.pipeline.fetch.HubFile;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** A fetch on the standard error: a bar, or lines where nobody watches. */
final class FetchReport implements FetchListener, AutoCloseable {
  private static final double MEGA = 1e6;

  private final PrintStream err;
  private final boolean interactive;
  private LiveProgress live;

  FetchReport(PrintStream err, boolean interactive) {
    this.err = err;
    this.interactive = interactive;
    this.live = LiveProgress.on(err, "fetch", interactive);
  }

  /** A report on the standard error. */
  static FetchReport standard() {
    return new FetchReport(System.err, Terminal.interactive());
  }

  @Override
  public void position(long done, long total, double bytesPerSecond, String note) {
    live.at(
        Math.round(done / MEGA),
        Math.max(1, Math.round(total / MEGA)),
        message(total - done, bytesPerSecond, note));
  }

  @Override
  public void finished(HubFile file) {
    // A bar is enough for people; in a log each file is a line.
    if (!interactive) {
      err.println("fetch  " + file.path() + "  " + Bytes.text(file.size()) + ", verified");
    }
  }

  @Override
  public void word(String sentence) {
    live.close();
    err.println("fetch  " + sentence);
    live = LiveProgress.on(err, "fetch", interactive);
  }

  @Override
  public void close() {
    live.close();
  }

  static String message(long left, double bytesPerSecond, String note) {
    String speed = String.format(Locale.ROOT, "MB, %.1f MB/s", bytesPerSecond / MEGA);
    String rest =
        bytesPerSecond > 0 && left > 0
            ? ", "
                + Durations.text(Duration.ofMillis((long) (left * 1e3 / bytesPerSecond)))
                + " left"
            : "";
    return speed + rest + (note.isEmpty() ? "" : ", " + note);
  }
}
