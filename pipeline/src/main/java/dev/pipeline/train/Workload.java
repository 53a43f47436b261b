package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a run computes, counted without computing it.
 *
 * @param rows rows of an epoch
 * @param steps optimiser steps of all epochs
 * @param tokens tokens of the rows, as often as they are seen
 * @param positions these and the padding beside them, which costs as much
 * @param evaluated positions of held-out rows, as often as they are looked at
 */
public record Workload(int rows, int steps, long tokens, long positions, long evaluated) {
  /** Cuts the rows into batches as training does; one epoch stands for all. */
  public static Workload of(
      List<TrainingExample> rows, List<TrainingExample> holdOut, TrainingSettings settings) {
    Batching batching = settings.batching();
    Epoch<TrainingExample> epoch = new Epoch<>(rows, Batch::length, batching, settings.seed(), 0);
    int steps = Epoch.steps(rows.size(), batching);
    List<Batch> batches =
        IntStream.range(0, steps)
            .mapToObj(epoch::step)
            .map(batching::batches)
            .flatMap(Collection::stream)
            .toList();
    int all = batching.steps(rows.size(), settings.epochs());
    long looks = -Math.floorDiv(-all, settings.saveSteps());
    return new Workload(
        rows.size(),
        all,
        settings.epochs() * batches.stream().mapToLong(Batch::tokens).sum(),
        settings.epochs() * positions(batches),
        looks * positions(batching.batches(holdOut)));
  }

  /** {@code rows} rows of {@code length} tokens each, and none held out. */
  public static Workload even(int rows, int length, TrainingSettings settings) {
    long tokens = (long) settings.epochs() * rows * length;
    int steps = settings.batching().steps(rows, settings.epochs());
    return new Workload(rows, steps, tokens, tokens, 0);
  }

  private static long positions(List<Batch> batches) {
    return batches.stream().mapToLong(batch -> (long) batch.rows() * batch.length()).sum();
  }
}
