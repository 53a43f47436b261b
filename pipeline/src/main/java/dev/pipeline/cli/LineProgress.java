package dev.pipeline.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Progress for logs and pipes: a plain line every few seconds. */
final class LineProgress implements LiveProgress {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final PrintStream out;
  private final String label;
  private final LongSupplier nanoTime;
  private final Pace pace;
  private long nextNanos;

  LineProgress(PrintStream out, String label) {
    this(out, label, System::nanoTime);
  }

  LineProgress(PrintStream out, String label, LongSupplier nanoTime) {
    this.out = out;
    this.label = label;
    this.nanoTime = nanoTime;
    this.pace = new Pace(nanoTime);
    this.nextNanos = nanoTime.getAsLong() + PERIOD.toNanos();
  }

  @Override
  public synchronized void at(long done, long total, String message) {
    pace.at(done, total);
    long now = nanoTime.getAsLong();
    if (now - nextNanos < 0) {
      return;
    }
    nextNanos = now + PERIOD.toNanos();
    String count = done > 0 ? "  " + done : "";
    String position = total > 0 ? "  " + done + "/" + total : count;
    String left = pace.left().map(words -> ", " + words).orElse("");
    out.println(label + position + "  " + message + left);
  }

  @Override
  public void close() {}
}
