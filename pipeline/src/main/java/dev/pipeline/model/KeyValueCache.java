package dev.pipeline.model;

import dev.pipeline.torch.Program;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Keys and values that every layer has computed, a row a sequence. Rows are as long as each other
 * and grow in blocks; what lies beyond a sequence's own length is finite, and nobody looks at it.
 */
final class KeyValueCache implements AutoCloseable {
  /** Tokens by which rows grow. */
  private static final int BLOCK = 128;

  private final Torch torch;
  private final Program program;
  private Scope scope;
  private List<Layer> layers = new ArrayList<>();
  private int capacity = BLOCK;

  /** An empty cache of {@code rows} sequences, in the type {@code decoder} computes in. */
  KeyValueCache(Torch torch, Decoder decoder, int rows) {
    this.torch = torch;
    this.program = torch.program("cache");
    this.scope = torch.root().inner();
    DecoderShape shape = decoder.shape();
    long[] size = {rows, shape.keyValueHeads(), BLOCK, shape.headSize()};
    for (int layer = 0; layer < decoder.layerCount(); layer++) {
      layers.add(new Layer(zeros(decoder, size), zeros(decoder, size)));
    }
  }

  private Tensor zeros(Decoder decoder, long[] size) {
    return scope.call(program, "zeros", size, decoder.like());
  }

  /** Makes room for sequences of {@code length} tokens. */
  void reserve(int length) {
    if (length <= capacity) {
      return;
    }
    int wanted = (length + BLOCK - 1) / BLOCK * BLOCK;
    Scope wider = torch.root().inner();
    layers =
        layers.stream()
            .map(layer -> layer.map(old -> wider.call(program, "grown", old, wanted)))
            .toList();
    scope.close();
    scope = wider;
    capacity = wanted;
  }

  /** What fills row {@code index}: keys and values, {@code [1, key heads, capacity, head size]}. */
  View row(Scope step, int index) {
    return new View(
        layers.stream()
            .map(layer -> layer.map(all -> step.call(program, "row", all, index)))
            .map(row -> TensorList.of(List.of(row.keys(), row.values())))
            .toList());
  }

  /** What adds a token to the first rows at {@code positions [B]}. */
  View at(Tensor positions) {
    return new View(
        layers.stream()
            .map(layer -> TensorList.of(List.of(layer.keys(), layer.values(), positions)))
            .toList());
  }

  /** Puts the first {@code length} tokens of row {@code source} in place of {@code target}'s. */
  void move(int source, int target, int length) {
    try (Scope work = scope.inner()) {
      layers.stream()
          .flatMap(layer -> Stream.of(layer.keys(), layer.values()))
          .forEach(all -> work.call(program, "move", all, source, target, length));
    }
  }

  /** The last token of each of {@code rows}, {@code [1, T, H]} each: {@code [rows, 1, H]}. */
  Tensor last(Scope step, List<Tensor> rows) {
    try (TensorList list = TensorList.of(rows)) {
      return step.call(program, "last", list);
    }
  }

  @Override
  public void close() {
    program.close();
    scope.close();
  }

  /**
   * A part of the cache as {@link Attention} wants it.
   *
   * @param layers arguments by layer
   */
  record View(List<TensorList> layers) implements AutoCloseable {
    @Override
    public void close() {
      layers.forEach(TensorList::close);
    }
  }

  /** Both are {@code [rows, key heads, capacity, head size]}. */
  private record Layer(Tensor keys, Tensor values) {
    Layer map(Function<Tensor, Tensor> change) {
      return new Layer(change.apply(keys), change.apply(values));
    }
  }
}
