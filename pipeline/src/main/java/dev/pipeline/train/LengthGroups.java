package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Brings rows of like length together and keeps the order random beyond that: the shuffled rows are
 * cut into large groups, and each is sorted. After {@code LengthGroupedSampler} of transformers.
 */
final class LengthGroups {
  private static final Comparator<TrainingExample> LONGEST_FIRST =
      Comparator.comparingInt(row -> -row.ids().length);

  /** Steps a group lasts. More of them pad less, and are less random. */
  private static final int STEPS = 50;

  /** Groups that few rows must still make, or every epoch would go from long to short. */
  private static final int FEWEST_GROUPS = 4;

  private LengthGroups() {}

  /**
   * Reorders {@code shuffled}; its order alone decides the result. The longest row of all changes
   * places with the first, so that memory runs out in the first step or not at all.
   */
  static List<TrainingExample> of(List<TrainingExample> shuffled, int rowsPerStep) {
    int steps = Math.min(shuffled.size() / (rowsPerStep * FEWEST_GROUPS), STEPS);
    int size = rowsPerStep * Math.max(steps, 1);
    List<TrainingExample> order = new ArrayList<>(shuffled.size());
    for (int from = 0; from < shuffled.size(); from += size) {
      order.addAll(longestFirst(shuffled.subList(from, Math.min(from + size, shuffled.size()))));
    }
    if (!order.isEmpty()) {
      Collections.swap(order, 0, order.indexOf(Collections.min(order, LONGEST_FIRST)));
    }
    return order;
  }

  /** The rows by length; equally long ones stay in their order. */
  static List<TrainingExample> longestFirst(List<TrainingExample> rows) {
    return rows.stream().sorted(LONGEST_FIRST).toList();
  }
}
