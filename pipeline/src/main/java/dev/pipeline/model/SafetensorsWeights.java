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

  @Override
  public void check(String name, long[] shape) {
    checked(name, shape);
  }

  @Override
  public Tensor load(WeightLoader loader, Scope scope, String name, long[] shape, Tensor like) {
    TensorEntry entry = checked(name, shape);
    return loader.load(
        scope,
        entry.file(),
        entry.file().toFile().length(),
        entry.offset(),
        ScalarType.ofSafetensors(entry.type().name()),
        shape,
        like);
  }

  @Override
  public WeightSlices slices(WeightLoader loader, Scope scope, String name, long[] shape) {
    TensorEntry entry = checked(name, shape);
    return (slice, first, count, like) ->
        loader.load(
            slice,
            entry.file(),
            entry.file().toFile().length(),
            entry.offset() + first * entry.type().bytes(),
            ScalarType.ofSafetensors(entry.type().name()),
            new long[] {count},
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
