package dev.pipeline.model;

import dev.pipeline.torch.Program;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A decoder in the engine, computed a layer at a time so that a caller can choose what to keep.
 *
 * <p>Shapes: B sequences of T tokens, H the hidden width, V the vocabulary.
 */
public final class Decoder implements AutoCloseable {
  private static final int LOGITS_AT_ONCE = 1 << 24;

  private final Torch torch;
  private final Scope scope;
  private final Architecture architecture;
  private final DecoderShape shape;
  private final Program program;
  private final Map<String, Tensor> weights;
  private final List<TensorList> layers = new ArrayList<>();
  private final List<TensorList> biases = new ArrayList<>();
  private final TensorList finalBiases;
  private final @Nullable QuantisedLayers quantised;
  private final TensorList none = TensorList.of(List.of());
  private final Tensor nothing;
  private final RotaryTables rotary;
  private final int maxLength;
  private final Tensor embedding;
  private final Tensor like;
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
    this.torch = torch;
    this.scope = scope;
    this.architecture = architecture;
    this.shape = shape;
    this.program = torch.program("decoder", "gradient");
    this.weights = new LinkedHashMap<>(weights);
    this.nothing = scope.full(0f, 0);
    this.quantised = quantised;
    for (int layer = 0; layer < loadedLayers; layer++) {
      addLayer(layer);
    }
    List<LayerWeight> last = architecture.finalWeights(shape);
    this.finalBiases = tensors(last.stream().filter(LayerWeight::isBias).toList());
    this.embedding = weight(WeightNames.EMBEDDING);
    this.norm = weight(last.get(0).name());
    this.head = weight(shape.tiedHead() ? WeightNames.EMBEDDING : WeightNames.HEAD);
    this.like = embedding.detach();
    this.maxLength = maxLength;
    this.rotary = new RotaryTables(scope, program, like, shape.rope(), maxLength);
  }

  private void addLayer(int layer) {
    List<String> modules =
        architecture.projections(shape).stream()
            .map(projection -> WeightNames.layer(layer) + projection.module())
            .toList();
    layers.add(
        tensors(
            architecture.layerWeights(shape).stream()
                .map(weight -> weight.inLayer(layer))
                .filter(weight -> !weight.isBias() || !modules.contains(weight.module()))
                .toList()));
    boolean any = modules.stream().anyMatch(module -> weights.containsKey(module + ".bias"));
    biases.add(
        TensorList.of(
            any
                ? modules.stream()
                    .map(module -> weights.getOrDefault(module + ".bias", nothing))
                    .toList()
                : List.of()));
  }

  private TensorList tensors(List<LayerWeight> chosen) {
    return TensorList.of(chosen.stream().map(weight -> weight(weight.name())).toList());
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

  /** Longest sequence that can be computed, in tokens. */
  public int maxLength() {
    return maxLength;
  }

  /** Layers that were loaded. */
  public int layerCount() {
    return layers.size();
  }

  /**
   * Makes the weights of a layer ready to be computed with. {@link #layer} does so itself; before
   * going back through a layer's output it must be done again when the base is quantised, since
   * another layer's weights may stand in their place. A run's memory is looked at here, too.
   */
  public void open(int layer) {
    torch.checkMemory();
    if (quantised != null) {
      quantised.open(layer);
    }
  }

  /** Euclidean length of each row of a projection's weight: float32 {@code [out]}. */
  Tensor rowLengths(Scope step, int layer, Projection projection) {
    open(layer);
    return step.call(
        program, "row_lengths", weight(WeightNames.layer(layer) + projection.module() + ".weight"));
  }

  /** A tensor of the type and on the device of all activations, outside of any gradient. */
  Tensor like() {
    return like;
  }

  /** Token ids {@code [B, T]} to {@code [B, T, H]}. */
  public Tensor embed(Scope step, Tensor ids) {
    return step.call(program, "embed", ids, embedding);
  }

  /**
   * {@code x [B, T, H]} plus noise that is uniform between minus and plus {@code bounds [B, T]},
   * from the engine's generator.
   */
  public Tensor noisy(Scope step, Tensor x, Tensor bounds) {
    return step.call(program, "noisy", x, bounds);
  }

  /**
   * Attention for a batch whose rows are samples of up to {@code length} tokens, padded on the
   * right: position i sees positions 0 to i, so padding changes nothing before it.
   */
  public Attention attention(Scope step, int length) {
    List<Tensor> tables = rotary.of(length);
    return Attention.of(tables, window(step, length), new long[0]);
  }

  /**
   * Attention for a batch that is packed: read row after row, it is one sample after the other, and
   * none sees another.
   *
   * @param samples lengths of the samples, B T together; what pads a row counts to the sample
   *     before it, or as a sample of its own
   */
  public Attention packedAttention(Scope step, long... samples) {
    long longest = Arrays.stream(samples).max().orElse(0);
    long[] positions = Arrays.stream(samples).flatMap(n -> LongStream.range(0, n)).toArray();
    Tensor rows = step.longs(positions, positions.length);
    List<Tensor> tables =
        rotary.of(longest).stream().map(table -> step.call(program, "embed", rows, table)).toList();
    return Attention.of(tables, window(step, longest), samples.clone());
  }

  /**
   * Attention for one more token a row, with the keys and values of those before it.
   *
   * @param positions of the tokens, {@code [B]}; a row's length is one more
   * @param longest length of the longest row
   * @param cache for each layer keys and values, {@code [at least B, key heads, at least longest,
   *     head size]}, where those of the tokens are put at {@code positions}, and {@code positions}
   */
  Attention cachedAttention(Scope step, Tensor positions, int longest, List<TensorList> cache) {
    int tokens = shape.window().tokens();
    Tensor full = step.call(program, "unseen", like, positions, longest, 0);
    Tensor window =
        shape.window().hides(shape.layers() - 1, longest)
            ? step.call(program, "unseen", like, positions, longest, tokens)
            : full;
    List<Tensor> tables = rotary.rows(step, program, positions);
    return new Attention(tables.get(0), tables.get(1), full, window, new long[0], cache);
  }

  private Tensor window(Scope step, long length) {
    int last = shape.layers() - 1;
    return shape.window().hides(last, length)
        ? step.call(program, "window", like, length, shape.window().tokens())
        : nothing;
  }

  /** {@link #layer} with {@link #attention} for the length of {@code x}. */
  public Tensor layer(
      Scope step, int index, Tensor x, @Nullable LoraAdapter adapter, double dropout) {
    return layer(step, index, x, attention(step, (int) x.shape()[1]), adapter, dropout);
  }

  /**
   * One decoder layer: {@code [B, T, H]} to {@code [B, T, H]}.
   *
   * @param dropout probability on the adapter's input, 0 when not training
   */
  public Tensor layer(
      Scope step,
      int index,
      Tensor x,
      Attention attention,
      @Nullable LoraAdapter adapter,
      double dropout) {
    open(index);
    return step.call(
        program,
        architecture.layerMethod(),
        x,
        layers.get(index),
        biases.get(index),
        adapter == null ? none : adapter.layer(index),
        attention.cosine(),
        attention.sine(),
        windowOf(index, attention),
        attention.samples(),
        attention.cache().isEmpty() ? none : attention.cache().get(index),
        new long[] {shape.heads(), shape.keyValueHeads(), shape.headSize()},
        shape.normEpsilon(),
        adapter == null ? 1.0 : adapter.spec().scale(),
        dropout);
  }

  /** The methods of {@code decoder.ts} and {@code gradient.ts}. */
  Program program() {
    return program;
  }

  /** The weights of a layer, in the order of its program; open the layer to use them. */
  TensorList layerWeights(int index) {
    return layers.get(index);
  }

  /** The biases of a layer's projections; empty when it has none. */
  TensorList layerBiases(int index) {
    return biases.get(index);
  }

  /** Weight of the norm before the head: {@code [H]}. */
  Tensor finalNorm() {
    return norm;
  }

  /** Weight of the head: {@code [V, H]}. */
  Tensor head() {
    return head;
  }

  /** What a layer may not look at, as {@link Attention#window()} says it. */
  Tensor windowOf(int layer, Attention attention) {
    if (layer >= shape.window().firstLayer()) {
      return attention.window();
    }
    Tensor full = attention.full();
    return full == null ? nothing : full;
  }

  /** Final norm and head: {@code [B, T, H]} to float32 logits {@code [B, T, V]}. */
  public Tensor logits(Scope step, Tensor x) {
    return step.call(program, "logits", x, norm, head, finalBiases, shape.normEpsilon());
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
    torch.checkMemory();
    return step.call(
        program,
        "loss",
        x,
        norm,
        head,
        finalBiases,
        targets,
        shape.normEpsilon(),
        total,
        first,
        count);
  }

  /**
   * The same, each of those targets for itself and not divided: their {@code -log p} in nats,
   * float32 {@code [count]}, in reading order.
   */
  Tensor tokenLosses(Scope step, Tensor x, Tensor targets, int first, int count) {
    torch.checkMemory();
    return step.call(
        program,
        "token_losses",
        x,
        norm,
        head,
        finalBiases,
        targets,
        shape.normEpsilon(),
        first,
        count);
  }

  /**
   * The {@code -log p} of all targets that are not -100, in nats and in reading order, without
   * gradients; the logits are there chunk by chunk.
   *
   * @param x {@code [B, T, H]}
   * @param targets {@code [B, T]}
   * @param trained number of targets that are not -100
   */
  public float[] tokenLosses(Scope step, Tensor x, Tensor targets, int trained) {
    float[] losses = new float[trained];
    int chunk = lossChunk();
    for (int first = 0; first < trained; first += chunk) {
      try (Scope inner = step.inner()) {
        float[] some = tokenLosses(inner, x, targets, first, chunk).toFloats();
        System.arraycopy(some, 0, losses, first, some.length);
      }
    }
    return losses;
  }

  /**
   * Multiplies a gradient in place.
   *
   * @param gradient {@code [B, T, H]}
   * @param weights factors of the rows whose targets are not -100, in reading order
   */
  Tensor weigh(Scope step, Tensor gradient, Tensor targets, float[] weights) {
    Tensor factors = step.floats(weights, weights.length);
    return torch.withoutGradient(() -> step.call(program, "weigh", gradient, targets, factors));
  }

  /** Targets whose logits take 64 MiB in float32: as many as should be scored at once. */
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
    biases.forEach(TensorList::close);
    finalBiases.close();
    none.close();
    if (quantised != null) {
      quantised.close();
    }
    program.close();
    scope.close();
  }
}
