package dev.pipeline.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToIntFunction;

/**
 * One pass over rows in a seeded order: optimiser steps, each a list of rows.
 *
 * <p>The order is a function of seed and epoch number alone, so a resumed run sees the same
 * batches.
 *
 * @param <R> a row
 */
final class Epoch<R> {
  private final List<List<R>> steps = new ArrayList<>();

  /**
   * An epoch.
   *
   * @param length of a row in tokens
   * @param number counted from 0
   */
  Epoch(List<R> rows, ToIntFunction<R> length, Batching batching, long seed, int number) {
    List<R> order = new ArrayList<>(rows);
    SplittableRandom random = new SplittableRandom(Seeds.mix(seed, number));
    for (int i = order.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      R swapped = order.get(i);
      order.set(i, order.get(j));
      order.set(j, swapped);
    }
    int perStep = batching.rowsPerStep();
    if (batching.byLength()) {
      order = LengthGroups.of(order, length, perStep);
    }
    for (int from = 0; from < order.size(); from += perStep) {
      steps.add(List.copyOf(order.subList(from, Math.min(from + perStep, order.size()))));
    }
  }

  /** Number of optimiser steps in an epoch of {@code rows} rows. */
  static int steps(int rows, Batching batching) {
    return -Math.floorDiv(-rows, batching.rowsPerStep());
  }

  List<R> step(int index) {
    return steps.get(index);
  }
}
