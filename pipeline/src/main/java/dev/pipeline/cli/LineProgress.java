package dev.pipeline.cli;

import java.io.PrintStream;
import java.time.Duration;

/** Progress for logs and pipes: a plain line every few seconds. */
final class LineProgress implements LiveProgress {
  private static final Duration PERIOD = Duration.ofSeconds(5);

  private final PrintStream out;
  private final String label;
  private long nextNanos = System.nanoTime() + PERIOD.toNanos();

  LineProgress(PrintStream out, String label) {
    this.out = out;
    this.label = label;
  }

  @Override
  public synchronized void at(long done, long total, String message) {
    long now = System.nanoTime();
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
