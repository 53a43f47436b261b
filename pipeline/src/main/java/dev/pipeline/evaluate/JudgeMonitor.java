package dev.pipeline.evaluate;

/** Told after every row; may throw to stop at this safe point. */
@FunctionalInterface
public interface JudgeMonitor {
  /** {@code done} of {@code total} rows are judged with {@code model}. */
  void judged(String model, int done, int total);

  /** Watches nothing. */
  static JudgeMonitor none() {
    return (model, done, total) -> {};
  }
}
