package dev.pipeline.train;

import java.util.List;

/** What the model that training began with makes of pairs. */
interface Reference extends AutoCloseable {
  /**
   * The {@code -log p} of each answer's tokens in nats, in the batch's reading order.
   *
   * @param rows the pairs of {@code batch}
   * @return empty where the loss compares with nothing
   */
  float[] tokenLosses(Replica replica, List<PreferenceRow> rows, Batch batch);

  @Override
  default void close() {}

  /** For losses that compare with nothing. */
  static Reference none() {
    return (replica, rows, batch) -> new float[0];
  }
}
