package dev.pipeline.model;

import dev.pipeline.torch.ScalarType;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.WeightLoader;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufTensor;
import dev.pipeline.weights.gguf.dequantise.TensorReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Weights in a GGUF file under their Hugging Face names. Unquantised tensors are mapped; quantised
 * ones are dequantised straight into the compute type, a few megabytes at a time.
 */
final class GgufWeights implements WeightSource {
  private final GgufFile file;
  private final Map<String, LayerWeight> weights = new HashMap<>();

  GgufWeights(GgufFile file, Architecture architecture, DecoderShape shape) {
    this.file = file;
    architecture
        .weights(shape, shape.layers())
        .forEach(weight -> weights.put(weight.name(), weight));
  }

  @Override
  public void check(String name, long[] shape) {
    TensorReader.check(checked(name, shape));
  }

  @Override
  public Tensor load(WeightLoader loader, Scope scope, String name, long[] shape, Tensor like) {
    GgufTensor tensor = checked(name, shape);
    int turnedHeads = weight(name).turnedHeads();
    if (turnedHeads == 0) {
      return load(loader, scope, tensor, shape, like);
    }
    try (Scope passing = scope.inner()) {
      Tensor turned = load(loader, passing, tensor, shape, like);
      return loader.pairsToHalves(scope, turned, turnedHeads);
    }
  }

  private static Tensor load(
      WeightLoader loader, Scope scope, GgufTensor tensor, long[] shape, Tensor like) {
    TensorReader.check(tensor);
    return tensor.type().isQuantised()
        ? dequantised(loader, scope, tensor, shape, like)
        : loader.load(
            scope,
            tensor.file(),
            tensor.file().toFile().length(),
            tensor.offset(),
            ScalarType.ofSafetensors(tensor.type().name()),
            shape,
            like);
  }

  private static Tensor dequantised(
      WeightLoader loader, Scope scope, GgufTensor tensor, long[] shape, Tensor like) {
    Tensor target = loader.allocate(scope, shape, like);
    TensorReader.read(tensor, (first, weights) -> loader.fill(scope, target, first, weights));
    return target;
  }

  private LayerWeight weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  private GgufTensor checked(String name, long[] shape) {
    String ggufName = weight(name).ggufName();
    GgufTensor tensor = file.tensors().get(ggufName);
    if (tensor == null) {
      throw WeightSource.missing(file.path(), ggufName);
    }
    WeightSource.requireShape(file.path(), ggufName, outermostFirst(tensor), shape);
    return tensor;
  }

  private static long[] outermostFirst(GgufTensor tensor) {
    int dimensions = tensor.shape().size();
    long[] shape = new long[dimensions];
    for (int i = 0; i < dimensions; i++) {
      shape[i] = tensor.shape().get(dimensions - 1 - i);
    }
    return shape;
  }
}
