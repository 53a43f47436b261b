package dev.pipeline.train;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** What a run learns from, and by which loss. */
interface Objective {
  /** Rows of an epoch. */
  int rows();

  /**
   * The tasks of each optimiser step of an epoch, whose order is a function of seed and number
   * alone.
   *
   * @param number counted from 0
   */
  IntFunction<List<Task>> epoch(int number);

  /** The tasks that measure the held-out rows; none where nothing is held out. */
  List<Task> holdOut();

  /** What {@code metrics.jsonl} says of a look at the hold-out, from its means. */
  Map<String, Double> evaluated(Share mean);
}
