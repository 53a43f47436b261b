package dev.pipeline.torch;

import dev.pipeline.io.Failure;
import java.util.Locale;

/** The most memory that training may take, and what to do when that is not enough. */
public final class MemoryLimit {
  private static final double GIGA = 1e9;

  private final String name;
  private final long bytes;
  private final Advice fix;

  private MemoryLimit(String name, long bytes, Advice fix) {
    this.name = name;
    this.bytes = bytes;
    this.fix = fix;
  }

  /**
   * A limit.
   *
   * @param name how a person knows it
   * @param bytes of the process when it computes on a CPU, otherwise of each GPU
   */
  public static MemoryLimit of(String name, long bytes, Advice fix) {
    return new MemoryLimit(name, bytes, fix);
  }

  /** No limit but the machine's. */
  public static MemoryLimit none() {
    return none((used, limit) -> "free memory, or take a machine with more");
  }

  /** No limit but the machine's, and what to do when that is met. */
  public static MemoryLimit none(Advice fix) {
    return of("", Long.MAX_VALUE, fix);
  }

  /** Says what to do about a run that does not fit. */
  @FunctionalInterface
  public interface Advice {
    /** What to do after {@code used} bytes, 0 where nobody knows, of at most {@code limit}. */
    String after(long used, long limit);
  }

  boolean isNone() {
    return bytes == Long.MAX_VALUE;
  }

  /** Stops the run when it takes more than it may. */
  void check(MemoryMeter meter) {
    if (isNone() || meter.used() <= bytes) {
      return;
    }
    meter.release();
    long used = meter.used();
    if (used > bytes) {
      throw Failure.trainingStopped(
          String.format(
              Locale.ROOT,
              "training took %.2f GB, %s is %.2f GB; the last checkpoint is kept",
              used / GIGA,
              name,
              bytes / GIGA),
          fix.after(used, bytes));
    }
  }

  /** Does {@code work}; memory that runs out in it becomes a failure with figures and advice. */
  public void explain(Runnable work) {
    try {
      work.run();
    } catch (Failure known) {
      throw known;
    } catch (RuntimeException | OutOfMemoryError e) {
      throw OutOfMemory.reason(e)
          .map(
              reason ->
                  Failure.trainingStopped(
                      reason + "; the last checkpoint is kept",
                      OutOfMemory.isOfJava(e) ? OutOfMemory.MORE_HEAP : fix.after(0, bytes)))
          .orElseThrow(() -> asRuntime(e));
    }
  }

  private static RuntimeException asRuntime(Throwable e) {
    if (e instanceof RuntimeException known) {
      return known;
    }
    throw (OutOfMemoryError) e;
  }
}
