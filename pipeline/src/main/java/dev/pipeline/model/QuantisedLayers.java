package dev.pipeline.model;

import dev.pipeline.torch.Program;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Layers whose matrices are kept in four bits and computed with in the engine's own type, one layer
 * at a time: all layers share buffers that hold the matrices of the layer that is open.
 *
 * <p>Autograd remembers a buffer, not what was in it. So a layer must be open when its gradients
 * are computed, just as it must be when its output is; nothing is ever kept wide for later.
 */
final class QuantisedLayers implements AutoCloseable {
  /** Elements restored at once: small enough for a core's own cache, large enough for a GPU. */
  private static final long CHUNK_CPU = 1L << 17;

  private static final long CHUNK_CUDA = 1L << 24;

  private final Torch torch;
  private final Scope scope;
  private final Program program;
  private final Map<String, Nf4Weight> weights;
  private final Map<String, Buffer> buffers = new HashMap<>();
  private final Tensor pairs;
  private final Tensor constants;
  private int open = -1;

  /**
   * Layers without any matrix yet open.
   *
   * @param weights by whole name; a name below its layer has the same shape in every layer
   * @param like decides the type that is computed in
   */
  QuantisedLayers(Torch torch, Map<String, Nf4Weight> weights, Tensor like) {
    this.torch = torch;
    this.scope = torch.root().inner();
    this.program = torch.program("nf4");
    this.weights = weights;
    this.pairs = scope.floats(Nf4.pairs(), 256, 2);
    this.constants = scope.floats(Nf4.constants(), 256);
    weights.forEach(
        (name, weight) ->
            buffers.computeIfAbsent(
                inLayer(name),
                key -> {
                  List<Tensor> made = scope.callList(program, "buffer", weight.shape(), like);
                  return new Buffer(made.get(0), made.get(1));
                }));
  }

  /** Whether {@code name} is one of the matrices. */
  boolean holds(String name) {
    return weights.containsKey(name);
  }

  /** The tensor that holds the matrix {@code name} while its layer is open. */
  Tensor tensor(String name) {
    return Objects.requireNonNull(buffers.get(inLayer(name)), name).alias();
  }

  /** Brings the matrices of a layer back, unless they are there. */
  void open(int layer) {
    if (layer == open) {
      return;
    }
    String prefix = WeightNames.layer(layer);
    torch.withoutGradient(
        () -> {
          buffers.forEach((name, buffer) -> restore(prefix + name, buffer.storage()));
          return layer;
        });
    open = layer;
  }

  private void restore(String name, Tensor target) {
    Nf4Weight weight = Objects.requireNonNull(weights.get(name), name);
    try (Scope work = scope.inner()) {
      Tensor absmax =
          work.call(
              program,
              "constants",
              weight.constants(),
              weight.largest(),
              weight.offset(),
              constants);
      long chunk = torch.cuda() ? CHUNK_CUDA : CHUNK_CPU;
      work.call(program, "restore", target, weight.codes(), absmax, pairs, chunk);
    }
  }

  /** {@code model.layers.3.mlp.down_proj.weight} is {@code mlp.down_proj.weight} in its layer. */
  private static String inLayer(String name) {
    return name.replaceFirst("^model\\.layers\\.\\d+\\.", "");
  }

  @Override
  public void close() {
    program.close();
    scope.close();
  }

  /**
   * A matrix of the open layer.
   *
   * @param storage what is written to
   * @param alias what is computed with: the same memory, but autograd does not see the writing
   */
  private record Buffer(Tensor storage, Tensor alias) {}
}
