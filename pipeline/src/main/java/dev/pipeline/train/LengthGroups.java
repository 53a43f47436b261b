package dev.pipeline.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Brings rows of like length together and keeps the order random beyond that: the shuffled rows are
 * cut into large groups, and each is sorted. After {@code LengthGroupedSampler} of transformers.
 */
final class LengthGroups {
  /** Steps a group lasts. More of them pad less, and are less random. */
  private static final int STEPS = 50;

  /** Groups that few rows must still make, or every epoch would go from long to short. */
  private static final int FEWEST_GROUPS = 4;

  private LengthGroups() {}

  /**
   * Reorders {@code shuffled}; its order alone decides the result. The longest row of all changes
   * places with the first, so that memory runs out in the first step or not at all.
   */
  static <R> List<R> of(List<R> shuffled, ToIntFunction<R> length, int rowsPerStep) {
    int steps = Math.min(shuffled.size() / (rowsPerStep * FEWEST_GROUPS), STEPS);
    int size = rowsPerStep * Math.max(steps, 1);
    List<R> order = new ArrayList<>(shuffled.size());
    for (int from = 0; from < shuffled.size(); from += size) {
      order.addAll(
          longestFirst(shuffled.subList(from, Math.min(from + size, shuffled.size())), length));
    }
    if (!order.isEmpty()) {
      Collections.swap(order, 0, order.indexOf(Collections.min(order, order(length))));
    }
    return order;
  }

  /** The rows by length; equally long ones stay in their order. */
  static <R> List<R> longestFirst(List<R> rows, ToIntFunction<R> length) {
    return rows.stream().sorted(order(length)).toList();
  }

  private static <R> Comparator<R> order(ToIntFunction<R> length) {
    return Comparator.comparingInt(row -> -length.applyAsInt(row));
  }
}
