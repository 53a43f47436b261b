package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One pass over the examples in a seeded order: optimiser steps, each a list of micro-batches.
 *
 * <p>The order is a function of seed and epoch number alone, so a resumed run sees the same
 * batches. Inside a step rows are sorted by length, which saves padding and changes nothing else,
 * because a step sums over its rows.
 */
final class Epoch {
  private final List<List<Batch>> steps = new ArrayList<>();

  Epoch(List<TrainingExample> examples, Batching batching, long seed, int number) {
    List<TrainingExample> order = new ArrayList<>(examples);
    SplittableRandom random = new SplittableRandom(Seeds.mix(seed, number));
    for (int i = order.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      TrainingExample swapped = order.get(i);
      order.set(i, order.get(j));
      order.set(j, swapped);
    }
    int perStep = batching.rowsPerStep();
    if (batching.byLength()) {
      order = LengthGroups.of(order, perStep);
    }
    for (int from = 0; from < order.size(); from += perStep) {
      steps.add(batching.batches(order.subList(from, Math.min(from + perStep, order.size()))));
    }
  }

  /** Number of optimiser steps in an epoch of {@code examples} rows. */
  static int steps(int examples, Batching batching) {
    return -Math.floorDiv(-examples, batching.rowsPerStep());
  }

  List<Batch> step(int index) {
    return steps.get(index);
  }
}
