package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How the rows of an epoch become optimiser steps, and the rows of a step become passes. A step
 * sums over its rows, so that {@code microBatch} and {@code packedTokens} decide time and memory,
 * and change the loss by rounding alone.
 *
 * @param microBatch rows side by side, padded to the longest
 * @param accumulation micro-batches of an optimiser step
 * @param packedTokens 0, or the tokens that rows are packed into without padding, one sample after
 *     the other and none seeing another (Krell et al. 2021, "Efficient Sequence Packing without
 *     Cross-contamination")
 * @param byLength whether a step's rows are of like length: {@link LengthGroups}
 */
public record Batching(int microBatch, int accumulation, int packedTokens, boolean byLength) {
  /** Rows side by side, in random company. */
  public static Batching padded(int microBatch, int accumulation) {
    return new Batching(microBatch, accumulation, 0, false);
  }

  /** Rows side by side, in the company of rows of like length. */
  public static Batching groupedByLength(int microBatch, int accumulation) {
    return new Batching(microBatch, accumulation, 0, true);
  }

  /** Rows one after the other, {@code tokens} of them at once. */
  public static Batching packed(int microBatch, int accumulation, int tokens) {
    return new Batching(microBatch, accumulation, tokens, false);
  }

  /** Rows of an optimiser step. */
  int rowsPerStep() {
    return microBatch * accumulation;
  }

  /** Optimiser steps of {@code epochs} passes over {@code rows} rows. */
  public int steps(int rows, int epochs) {
    long steps = (long) epochs * Epoch.steps(rows, this);
    if (steps > Integer.MAX_VALUE) {
      throw Failure.usage(
          "num_epochs %,d of %,d rows make %,d steps, more than can be counted"
              .formatted(epochs, rows, steps),
          "lower num_epochs");
    }
    return (int) steps;
  }

  /** The batches of an optimiser step over {@code rows}. */
  List<Batch> batches(List<TrainingExample> rows) {
    return packedTokens == 0
        ? parts(rows, Batch::length).stream().map(Batch::of).toList()
        : packs(LengthGroups.longestFirst(rows, Batch::length)).stream()
            .map(Batch::packed)
            .toList();
  }

  /**
   * The rows of an optimiser step that are computed at once. They are sorted by length, which saves
   * padding and changes nothing else, because a step sums over its rows.
   */
  <R> List<List<R>> parts(List<R> rows, ToIntFunction<R> length) {
    List<R> sorted = LengthGroups.longestFirst(rows, length);
    List<List<R>> parts = new ArrayList<>();
    for (int from = 0; from < sorted.size(); from += microBatch) {
      parts.add(List.copyOf(sorted.subList(from, Math.min(from + microBatch, sorted.size()))));
    }
    return parts;
  }

  /** First fit, longest first: at most 11/9 of the fewest packs, and one more (Johnson 1973). */
  private List<List<TrainingExample>> packs(List<TrainingExample> longestFirst) {
    List<List<TrainingExample>> packs = new ArrayList<>();
    List<Integer> room = new ArrayList<>();
    for (TrainingExample row : longestFirst) {
      int tokens = Batch.inputs(row);
      int pack = 0;
      while (pack < packs.size() && room.get(pack) < tokens) {
        pack++;
      }
      if (pack == packs.size()) {
        packs.add(new ArrayList<>());
        room.add(packedTokens);
      }
      packs.get(pack).add(row);
      room.set(pack, room.get(pack) - tokens);
    }
    return packs;
  }
}
