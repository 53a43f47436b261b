package dev.pipeline.model;

import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of different lengths that grow a token at a time, all at once, without computing again
 * what came before. They need no padding: a sequence is read in alone, exactly as long as it is,
 * and later every row has its own position. One may leave and another take its place at any time.
 *
 * <p>Shapes: B sequences, V the vocabulary. Autograd must be off ({@link Torch#withoutGradient}).
 */
public final class GrowingSequences implements AutoCloseable {
  private final Decoder decoder;
  private final @Nullable LoraAdapter adapter;
  private final KeyValueCache cache;
  private final List<long[]> rows = new ArrayList<>();

  /**
   * Room for {@code capacity} sequences.
   *
   * @param adapter on top of {@code decoder}, or null
   */
  public GrowingSequences(
      Torch torch, Decoder decoder, @Nullable LoraAdapter adapter, int capacity) {
    this.decoder = decoder;
    this.adapter = adapter;
    this.cache = new KeyValueCache(torch, decoder, capacity);
  }

  /** Sequences that are growing. */
  public int count() {
    return rows.size();
  }

  /** Reads sequences in, as the last rows; float32 logits {@code [added, V]} of what comes next. */
  public Tensor add(Scope step, List<long[]> sequences) {
    List<Filling> fillings = new ArrayList<>();
    for (long[] sequence : sequences) {
      fillings.add(new Filling(rows.size(), sequence, sequence.length));
      rows.add(sequence.clone());
    }
    reserve();
    return decoder.logits(step, cache.last(step, fill(step, fillings)));
  }

  /**
   * Adds a token to each sequence; float32 logits {@code [B, V]} of what comes next.
   *
   * @param tokens {@code [B]}
   */
  public Tensor extend(Scope step, long[] tokens) {
    for (int row = 0; row < tokens.length; row++) {
      long[] longer = Arrays.copyOf(rows.get(row), rows.get(row).length + 1);
      longer[longer.length - 1] = tokens[row];
      rows.set(row, longer);
    }
    reserve();
    turnAnew(step);
    long[] last = rows.stream().mapToLong(ids -> ids.length - 1L).toArray();
    Tensor positions = step.longs(last, last.length);
    try (KeyValueCache.View view = cache.at(positions)) {
      Attention attention = decoder.cachedAttention(step, positions, longest(), view.layers());
      Tensor x = decoder.embed(step, step.longs(tokens, tokens.length, 1));
      for (int layer = 0; layer < decoder.layerCount(); layer++) {
        x = next(step, layer, x, attention);
      }
      return decoder.logits(step, x);
    }
  }

  /** Drops a sequence; the last one takes its row. */
  public void remove(int row) {
    int last = rows.size() - 1;
    if (row != last) {
      cache.move(last, row, rows.get(last).length);
      rows.set(row, rows.get(last));
    }
    rows.remove(last);
  }

  /**
   * Where long sequences turn otherwise than short ones, all keys of a sequence that becomes long
   * with this token are wrong and are computed again.
   */
  private void turnAnew(Scope step) {
    int limit = decoder.shape().rope().originalPositions();
    fill(
        step,
        IntStream.range(0, rows.size())
            .filter(row -> rows.get(row).length - 1 == limit)
            .mapToObj(row -> new Filling(row, Arrays.copyOf(rows.get(row), limit), limit + 1))
            .toList());
  }

  /** Layer by layer, not row by row, so that a quantised layer is opened once. */
  private List<Tensor> fill(Scope step, List<Filling> fillings) {
    List<KeyValueCache.View> views = new ArrayList<>();
    try {
      List<Tensor> states = new ArrayList<>();
      List<Attention> attentions = new ArrayList<>();
      for (Filling filling : fillings) {
        KeyValueCache.View view = cache.row(step, filling.row());
        views.add(view);
        attentions.add(decoder.attention(step, filling.length()).keptIn(view.layers()));
        long[] ids = filling.ids();
        states.add(decoder.embed(step, step.longs(ids, 1, ids.length)));
      }
      for (int layer = 0; layer < decoder.layerCount(); layer++) {
        for (int i = 0; i < states.size(); i++) {
          states.set(i, next(step, layer, states.get(i), attentions.get(i)));
        }
      }
      return states;
    } finally {
      views.forEach(KeyValueCache.View::close);
    }
  }

  private Tensor next(Scope step, int layer, Tensor x, Attention attention) {
    try (x) {
      return decoder.layer(step, layer, x, attention, adapter, 0);
    }
  }

  private void reserve() {
    cache.reserve(longest());
  }

  private int longest() {
    return rows.stream().mapToInt(ids -> ids.length).max().orElse(0);
  }

  @Override
  public void close() {
    cache.close();
  }

  /**
   * A row to be computed.
   *
   * @param length of the sequence that {@code ids} begin
   */
  private record Filling(int row, long[] ids, int length) {}
}
