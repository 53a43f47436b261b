package dev.pipeline.fetch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes a second over the last seconds. Not thread-safe. */
final class Speed {
  private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long bytes) {}

  /** Takes note of a position; a position below the last one begins anew. */
  void at(long nanos, long bytes) {
    if (!samples.isEmpty() && bytes < samples.getLast().bytes()) {
      samples.clear();
    }
    samples.addLast(new Sample(nanos, bytes));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > WINDOW_NANOS) {
      samples.removeFirst();
    }
  }

  /** Zero until there are two positions. */
  double bytesPerSecond() {
    if (samples.size() < 2) {
      return 0;
    }
    long nanos = samples.getLast().nanos() - samples.getFirst().nanos();
    long bytes = samples.getLast().bytes() - samples.getFirst().bytes();
    return nanos <= 0 ? 0 : bytes * 1e9 / nanos;
  }
}
