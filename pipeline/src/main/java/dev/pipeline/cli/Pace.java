package dev.pipeline.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How long work has gone on, and how long it will at the pace it had since it was first heard of.
 */
final class Pace {
  private final LongSupplier nanoTime;
  private final long beginNanos;
  private long total;
  private long firstDone = Long.MAX_VALUE;
  private long firstNanos;
  private long done;
  private long doneNanos;

  Pace(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.beginNanos = nanoTime.getAsLong();
  }

  /** Notes a position; another total, or a position before the last, is other work. */
  synchronized void at(long position, long ofTotal) {
    long now = nanoTime.getAsLong();
    // What was done before, by a run that was interrupted, says nothing about the pace of this one.
    if (ofTotal != total || position < done || firstDone == Long.MAX_VALUE) {
      total = ofTotal;
      firstDone = position;
      firstNanos = now;
    }
    if (position != done || doneNanos == 0) {
      done = position;
      doneNanos = now;
    }
  }

  /** Such as {@code 8 s, 12 s left}; without the latter where nobody can know it yet. */
  synchronized String words() {
    String elapsed = Durations.whole(Duration.ofNanos(nanoTime.getAsLong() - beginNanos));
    return left().map(left -> elapsed + ", " + left).orElse(elapsed);
  }

  /** Such as {@code 12 s left}. */
  synchronized Optional<String> left() {
    if (total <= done || done <= firstDone) {
      return Optional.empty();
    }
    double perUnit = (double) (doneNanos - firstNanos) / (done - firstDone);
    long sinceThen = nanoTime.getAsLong() - doneNanos;
    long nanos = Math.max(0, (long) (perUnit * (total - done)) - sinceThen);
    return Optional.of(Durations.whole(Duration.ofNanos(nanos)) + " left");
  }
}
