package dev.pipeline.model;

import dev.pipeline.torch.RandomTensors;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trainable matrices of LoRA: for each adapted projection of each layer A {@code [rank, in]}
 * and B {@code [out, rank]}, float32, so that the layer computes {@code x W^T + scale * dropout(x)
 * A^T B^T}.
 */
public final class LoraAdapter implements AutoCloseable {
  private final Scope scope;
  private final LoraSpec spec;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final List<TensorList> layers = new ArrayList<>();
  private final List<String> adaptedModules;

  private LoraAdapter(Scope scope, LoraSpec spec, List<String> adaptedModules) {
    this.scope = scope;
    this.spec = spec;
    this.adaptedModules = adaptedModules;
  }

  /**
   * A fresh adapter: A Kaiming-uniform with a = sqrt(5), B zero, as in PEFT, so that it changes
   * nothing yet.
   */
  public static LoraAdapter initialise(
      Torch torch, Architecture architecture, DecoderShape shape, LoraSpec spec, long seed) {
    torch.seed(seed);
    try (RandomTensors random = new RandomTensors(torch)) {
      return build(
          torch,
          architecture,
          shape,
          spec,
          (scope, name, rows, columns) ->
              name.endsWith("lora_A.weight")
                  ? random.uniform(scope, 1 / Math.sqrt(columns), rows, columns)
                  : scope.full(0f, rows, columns));
    }
  }

  /** An adapter whose matrices come from {@code values}: PEFT names to row-major floats. */
  public static LoraAdapter of(
      Torch torch,
      Architecture architecture,
      DecoderShape shape,
      LoraSpec spec,
      Map<String, float[]> values) {
    Map<String, float[]> rest = new HashMap<>(values);
    LoraAdapter adapter =
        build(
            torch,
            architecture,
            shape,
            spec,
            (scope, name, rows, columns) -> {
              float[] matrix = rest.remove(name);
              if (matrix == null || matrix.length != rows * columns) {
                throw AdapterFolder.mismatch(name, rows, columns);
              }
              return scope.floats(matrix, rows, columns);
            });
    if (!rest.isEmpty()) {
      throw AdapterFolder.unexpected(rest.keySet());
    }
    return adapter;
  }

  private static LoraAdapter build(
      Torch torch, Architecture architecture, DecoderShape shape, LoraSpec spec, Source source) {
    List<Projection> matched = spec.matched(architecture, shape);
    LoraAdapter adapter =
        new LoraAdapter(
            torch.root().inner(), spec, matched.stream().map(Projection::shortName).toList());
    for (int layer = 0; layer < shape.layers(); layer++) {
      adapter.addLayer(layer, architecture.projections(shape), matched, source);
    }
    return adapter;
  }

  private void addLayer(int layer, List<Projection> all, List<Projection> matched, Source source) {
    List<Tensor> arguments = new ArrayList<>();
    for (Projection projection : all) {
      if (!matched.contains(projection)) {
        // The program skips an empty A.
        arguments.add(scope.full(0f, 0));
        arguments.add(scope.full(0f, 0));
        continue;
      }
      String module = AdapterFolder.PREFIX + "model.layers." + layer + "." + projection.module();
      arguments.add(add(module + ".lora_A.weight", spec.rank(), projection.inFeatures(), source));
      arguments.add(add(module + ".lora_B.weight", projection.outFeatures(), spec.rank(), source));
    }
    layers.add(TensorList.of(arguments));
  }

  private Tensor add(String name, int rows, int columns, Source source) {
    Tensor tensor = source.make(scope, name, rows, columns).trainable();
    parameters.put(name, tensor);
    return tensor;
  }

  /** Rank, scale, dropout and targets. */
  public LoraSpec spec() {
    return spec;
  }

  /** Short names of the modules that are adapted. */
  public List<String> adaptedModules() {
    return adaptedModules;
  }

  /** The trainable matrices by PEFT name, in a fixed order. */
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /** A and B of every projection of a layer, in the order of the layer's program. */
  TensorList layer(int index) {
    return layers.get(index);
  }

  @Override
  public void close() {
    layers.forEach(TensorList::close);
    scope.close();
  }

  /** Where a matrix comes from. */
  private interface Source {
    Tensor make(Scope scope, String name, int rows, int columns);
  }
}
