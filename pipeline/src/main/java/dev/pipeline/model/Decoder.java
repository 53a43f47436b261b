package dev.pipeline.model;

import dev.pipeline.torch.Program;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decoder in the engine, computed a layer at a time so that a caller can choose what to keep.
 *
 * <p>Shapes: B sequences of T tokens, H the hidden width, V the vocabulary.
 */
public final class Decoder implements AutoCloseable {
  private static final int LOGITS_AT_ONCE = 1 << 25;

  private final Scope scope;
  private final Architecture architecture;
  private final DecoderShape shape;
  private final Program program;
  private final Map<String, Tensor> weights;
  private final List<TensorList> layers = new ArrayList<>();
  private final @Nullable QuantisedLayers quantised;
  private final TensorList none = TensorList.of(List.of());
  private final Tensor cosine;
  private final Tensor sine;
  private final Tensor embedding;
  private final Tensor norm;
  private final Tensor head;

  /**
   * A decoder over tensors that are already loaded; it owns {@code scope}, which they live in.
   *
   * @param weights by Hugging Face name; layers beyond {@code loadedLayers} may be missing
   * @param quantised the rest of the weights, or null when there is no rest; it is owned too
   * @param maxLength longest sequence that will be computed, in tokens
   */
  Decoder(
      Torch torch,
      Scope scope,
      Architecture architecture,
      DecoderShape shape,
      Map<String, Tensor> weights,
      @Nullable QuantisedLayers quantised,
      int loadedLayers,
      int maxLength) {
    this.scope = scope;
    this.architecture = architecture;
    this.shape = shape;
    this.program = torch.program("decoder");
    this.weights = new LinkedHashMap<>(weights);
    this.quantised = quantised;
    for (int layer = 0; layer < loadedLayers; layer++) {
      String prefix = WeightNames.layer(layer);
      layers.add(
          TensorList.of(
              architecture.layerWeights(shape).stream()
                  .map(weight -> weight(prefix + weight.name()))
                  .toList()));
    }
    this.embedding = weight(WeightNames.EMBEDDING);
    this.norm = weight(WeightNames.FINAL_NORM);
    this.head = weight(shape.tiedHead() ? WeightNames.EMBEDDING : WeightNames.HEAD);
    List<Tensor> tables =
        scope.callList(
            program,
            "rotary",
            embedding.detach(),
            maxLength,
            shape.rotarySize(),
            shape.ropeTheta());
    this.cosine = tables.get(0);
    this.sine = tables.get(1);
  }

  /** The sizes. */
  public DecoderShape shape() {
    return shape;
  }

  /** The family. */
  public Architecture architecture() {
    return architecture;
  }

  /** All weights that are not quantised by Hugging Face name, in a fixed order. */
  public Map<String, Tensor> weights() {
    return weights;
  }

  /** Layers that were loaded. */
  public int layerCount() {
    return layers.size();
  }

  /**
   * Makes the weights of a layer ready to be computed with. {@link #layer} does so itself; before
   * going back through a layer's output it must be done again when the base is quantised, since
   * another layer's weights may stand in their place.
   */
  public void open(int layer) {
    if (quantised != null) {
      quantised.open(layer);
    }
  }

  /** Euclidean length of each row of a projection's weight: float32 {@code [out]}. */
  Tensor rowLengths(Scope step, int layer, Projection projection) {
    int index =
        architecture.layerWeights(shape).stream()
            .map(LayerWeight::name)
            .toList()
            .indexOf(projection.module() + ".weight");
    open(layer);
    return step.call(program, "row_lengths", layers.get(layer).tensors().get(index));
  }

  /** Token ids {@code [B, T]} to {@code [B, T, H]}. */
  public Tensor embed(Scope step, Tensor ids) {
    return step.call(program, "embed", ids, embedding);
  }

  /**
   * One decoder layer: {@code [B, T, H]} to {@code [B, T, H]}. Position i sees positions 0 to i, so
   * padding on the right changes nothing before it.
   *
   * @param dropout probability on the adapter's input, 0 when not training
   */
  public Tensor layer(
      Scope step, int index, Tensor x, @Nullable LoraAdapter adapter, double dropout) {
    open(index);
    return step.call(
        program,
        architecture.layerMethod(),
        x,
        layers.get(index),
        adapter == null ? none : adapter.layer(index),
        cosine,
        sine,
        new long[] {shape.heads(), shape.keyValueHeads(), shape.headSize()},
        shape.normEpsilon(),
        adapter == null ? 1.0 : adapter.spec().scale(),
        dropout);
  }

  /** Final norm and head: {@code [B, T, H]} to float32 logits {@code [B, T, V]}. */
  public Tensor logits(Scope step, Tensor x) {
    return step.call(program, "logits", x, norm, head, shape.normEpsilon());
  }

  /**
   * Cross-entropy, summed over some of the targets that are not -100 and divided by {@code total}.
   *
   * @param x {@code [B, T, H]}
   * @param targets {@code [B, T]}: the next token, or -100 where nothing is learned
   * @param total trained tokens of the whole accumulated batch
   * @param first the first of the trained targets to sum over, in reading order
   * @param count how many; see {@link #lossChunk}
   */
  public Tensor loss(Scope step, Tensor x, Tensor targets, double total, int first, int count) {
    return step.call(
        program, "loss", x, norm, head, targets, shape.normEpsilon(), total, first, count);
  }

  /** Targets whose logits take 128 MiB in float32: as many as should be scored at once. */
  public int lossChunk() {
    return Math.max(1, LOGITS_AT_ONCE / shape.vocabulary());
  }

  private Tensor weight(String name) {
    if (quantised != null && quantised.holds(name)) {
      return quantised.tensor(name);
    }
    Tensor tensor = weights.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("weight was not loaded: " + name);
    }
    return tensor;
  }

  @Override
  public void close() {
    layers.forEach(TensorList::close);
    none.close();
    if (quantised != null) {
      quantised.close();
    }
    program.close();
    scope.close();
  }
}
