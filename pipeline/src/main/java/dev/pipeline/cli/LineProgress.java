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
  private long nextNanos;

  LineProgress(PrintStream out, String label) {
    this(out, label, System::nanoTime);
  }

  LineProgress(PrintStream out, String label, LongSupplier nanoTime) {
    this.out = out;
    this.label = label;
    this.nanoTime = nanoTime;
    this.nextNanos = nanoTime.getAsLong() + PERIOD.toNanos();
  }

  @Override
  public synchronized void at(long done, long total, String message) {
    long now = nanoTime.getAsLong();
    if (now - nextNanos < 0) {
      return;
    }
    nextNanos = now + PERIOD.toNanos();
    String position = total > 0 ? done + "/" + total : String.valueOf(done);
    out.println(label + "  " + position + "  " + message);
  }

  @Override
  public void close() {}
}
