package dev.pipeline.model;

import dev.pipeline.torch.ScalarType;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.WeightLoader;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufTensor;
import dev.pipeline.weights.gguf.dequantise.TensorReader;
import java.util.Map;

/**
 * Weights in a GGUF file under their Hugging Face names. Unquantised tensors are mapped; quantised
 * ones are dequantised straight into the compute type, a few megabytes at a time.
 */
final class GgufWeights implements WeightSource {
  private final GgufFile file;
  private final Map<String, String> ggufNames;

  GgufWeights(GgufFile file, Architecture architecture, DecoderShape shape) {
    this.file = file;
    this.ggufNames = GgufNames.of(architecture, shape);
  }

  @Override
  public void check(String name, long[] shape) {
    TensorReader.check(checked(name, shape));
  }

  @Override
  public Tensor load(WeightLoader loader, Scope scope, String name, long[] shape, Tensor like) {
    GgufTensor tensor = checked(name, shape);
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

  private GgufTensor checked(String name, long[] shape) {
    GgufTensor tensor = file.tensors().get(ggufNames.getOrDefault(name, name));
    if (tensor == null) {
      throw WeightSource.missing(file.path(), ggufNames.getOrDefault(name, name));
    }
    WeightSource.requireShape(file.path(), tensor.name(), outermostFirst(tensor), shape);
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
