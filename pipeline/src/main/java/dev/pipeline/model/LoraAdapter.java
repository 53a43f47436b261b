package dev.pipeline.model;

import dev.pipeline.torch.RandomTensors;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The trainable tensors of LoRA: for each adapted projection of each layer A {@code [rank, in]} and
 * B {@code [out, rank]}, float32, so that the layer computes {@code x W^T + scale * dropout(x) A^T
 * B^T}. DoRA adds the magnitude m {@code [out]}, by which each row of {@code W + scale B A} is as
 * long as m says.
 *
 * <p>A decoder takes its adapter call by call, so that several adapters, such as a policy and a
 * frozen reference, share one base.
 */
public final class LoraAdapter implements AutoCloseable {
  private final Scope scope;
  private final LoraSpec spec;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final List<TensorList> layers = new ArrayList<>();
  private final List<TensorList> gradients = new ArrayList<>();
  private final List<String> adaptedModules;

  private LoraAdapter(Scope scope, LoraSpec spec, List<String> adaptedModules) {
    this.scope = scope;
    this.spec = spec;
    this.adaptedModules = adaptedModules;
  }

  /**
   * A fresh adapter of {@code decoder}: A Kaiming-uniform with a = sqrt(5), B zero and m the
   * lengths of the base's rows, as in PEFT, so that it changes nothing yet.
   */
  public static LoraAdapter initialise(Torch torch, Decoder decoder, LoraSpec spec, long seed) {
    torch.seed(seed);
    try (RandomTensors random = new RandomTensors(torch)) {
      return build(
          torch,
          decoder.architecture(),
          decoder.shape(),
          spec,
          (scope, part, layer, projection, shape) ->
              switch (part) {
                case DOWN -> random.uniform(scope, 1 / Math.sqrt(projection.inFeatures()), shape);
                case UP -> scope.full(0f, shape);
                case MAGNITUDE -> decoder.rowLengths(scope, layer, projection);
              });
    }
  }

  /** An adapter whose tensors come from {@code values}: PEFT names to row-major floats. */
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
            (scope, part, layer, projection, size) -> {
              String name = part.name(layer, projection);
              float[] found = rest.remove(name);
              if (found == null || found.length != Arrays.stream(size).reduce(1, (a, b) -> a * b)) {
                throw AdapterFolder.mismatch(name, size);
              }
              return scope.floats(found, size);
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
      for (AdapterPart part : AdapterPart.values()) {
        if (matched.contains(projection) && part.isIn(spec)) {
          Tensor tensor =
              source
                  .make(scope, part, layer, projection, part.shape(spec.rank(), projection))
                  .trainable();
          parameters.put(part.name(layer, projection), tensor);
          arguments.add(tensor);
        } else {
          // The program skips what is empty.
          arguments.add(scope.full(0f, 0));
        }
      }
    }
    layers.add(TensorList.of(arguments));
  }

  /** Rank, scale, dropout and targets. */
  public LoraSpec spec() {
    return spec;
  }

  /** Short names of the modules that are adapted. */
  public List<String> adaptedModules() {
    return adaptedModules;
  }

  /** The trainable tensors by PEFT name, in a fixed order. */
  public Map<String, Tensor> parameters() {
    return parameters;
  }

  /** A, B and m of every projection of a layer, in the order of the layer's program. */
  TensorList layer(int index) {
    return layers.get(index);
  }

  /**
   * The accumulated gradients of {@link #layer}, to be added to in place: a product first, then the
   * sum. A matrix product that adds to what is there rounds otherwise on some CPUs, and replicas,
   * which begin from zero, would no longer make the bytes of one device.
   */
  TensorList gradients(int index) {
    while (gradients.size() <= index) {
      gradients.add(
          TensorList.of(
              layers.get(gradients.size()).tensors().stream().map(this::gradient).toList()));
    }
    return gradients.get(index);
  }

  private Tensor gradient(Tensor parameter) {
    if (parameter.elements() == 0) {
      return parameter;
    }
    // There is none before the first backward; it comes into being as zeros.
    parameter.backward(scope.full(0f, parameter.shape()));
    return parameter.gradient(scope);
  }

  @Override
  public void close() {
    layers.forEach(TensorList::close);
    gradients.forEach(TensorList::close);
    scope.close();
  }

  /** Where a tensor comes from. */
  private interface Source {
    Tensor make(Scope scope, AdapterPart part, int layer, Projection projection, long[] shape);
  }
}
