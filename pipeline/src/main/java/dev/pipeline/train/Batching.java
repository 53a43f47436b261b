package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How the rows of an optimiser step are computed: so many at once, or packed. A step sums over its
 * rows, so that this decides time and memory, and changes the loss by rounding alone.
 *
 * @param microBatch rows side by side, padded to the longest
 * @param accumulation micro-batches of an optimiser step
 * @param packedTokens 0, or the tokens that rows are packed into without padding, one sample after
 *     the other and none seeing another (Krell et al. 2021, "Efficient Sequence Packing without
 *     Cross-contamination")
 */
public record Batching(int microBatch, int accumulation, int packedTokens) {
  /** Rows side by side, without packing. */
  public static Batching padded(int microBatch, int accumulation) {
    return new Batching(microBatch, accumulation, 0);
  }

  /** Rows of an optimiser step. */
  int rowsPerStep() {
    return microBatch * accumulation;
  }

  /** The batches of an optimiser step over {@code rows}. */
  List<Batch> batches(List<TrainingExample> rows) {
    List<TrainingExample> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingInt(example -> -example.ids().length));
    return packedTokens == 0
        ? parts(sorted).stream().map(Batch::of).toList()
        : packs(sorted).stream().map(Batch::packed).toList();
  }

  private List<List<TrainingExample>> parts(List<TrainingExample> rows) {
    List<List<TrainingExample>> parts = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += microBatch) {
      parts.add(List.copyOf(rows.subList(from, Math.min(from + microBatch, rows.size()))));
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
