package dev.pipeline.model;

import dev.pipeline.io.Failure;
import dev.pipeline.torch.ScalarType;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.WeightLoader;
import dev.pipeline.weights.safetensors.ElementType;
import dev.pipeline.weights.safetensors.TensorEntry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Weights in safetensors, mapped into memory as they are. */
record SafetensorsWeights(Path folder, Map<String, TensorEntry> tensors) implements WeightSource {
  private static final Set<ElementType> FLOATS =
      Set.of(ElementType.F32, ElementType.F16, ElementType.BF16);

  /** Elements of a piece: 16 MiB in float32. */
  private static final long PIECE = 1L << 22;

  @Override
  public void check(String name, long[] shape) {
    checked(name, shape);
  }

  @Override
  public Tensor load(WeightLoader loader, Scope scope, String name, long[] shape, Tensor like) {
    return read(loader, scope, checked(name, shape), 0, shape, like);
  }

  @Override
  public void pieces(
      WeightLoader loader, Scope scope, String name, long[] shape, Tensor like, Pieces pieces) {
    TensorEntry entry = checked(name, shape);
    for (long first = 0; first < entry.elements(); first += PIECE) {
      long[] count = {Math.min(PIECE, entry.elements() - first)};
      try (Scope piece = scope.inner()) {
        pieces.next(first, read(loader, piece, entry, first, count, like));
      }
    }
  }

  private static Tensor read(
      WeightLoader loader, Scope scope, TensorEntry entry, long first, long[] shape, Tensor like) {
    return loader.load(
        scope,
        entry.file(),
        entry.file().toFile().length(),
        entry.offset() + first * entry.type().bytes(),
        ScalarType.ofSafetensors(entry.type().name()),
        shape,
        like);
  }

  private TensorEntry checked(String name, long[] shape) {
    TensorEntry entry = tensors.get(name);
    if (entry == null) {
      throw WeightSource.missing(folder, name);
    }
    long[] actual = entry.shape().stream().mapToLong(Long::longValue).toArray();
    WeightSource.requireShape(entry.file(), name, actual, shape);
    if (!FLOATS.contains(entry.type())) {
      throw Failure.refused(
          entry.file() + ": " + name + " is of type " + entry.type(),
          "use a copy of the model whose weights are F32, F16 or BF16");
    }
    return entry;
  }
}
