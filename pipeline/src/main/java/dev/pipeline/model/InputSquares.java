package dev.pipeline.model;

import dev.pipeline.torch.Program;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What goes into each linear layer of a decoder: by column of its weight, the sum over tokens of
 * the squared input. That is the diagonal of the layer's Hessian in the squared error of its output
 * (Frantar and Alistarh, "Optimal Brain Compression", arXiv:2208.11580, equation 1), and what
 * llama.cpp's imatrix tool adds up.
 */
public final class InputSquares implements AutoCloseable {
  private final Torch torch;
  private final Decoder decoder;
  private final Program program;
  private final TensorList none = TensorList.of(List.of());
  private final TensorList headBiases;
  private final SortedMap<String, double[]> sums = new TreeMap<>();
  private long tokens;

  /** Nothing added up yet; {@code decoder} must stay open meanwhile. */
  public InputSquares(Torch torch, Decoder decoder) {
    this.torch = torch;
    this.decoder = decoder;
    this.program = torch.program("decoder", "importance");
    this.headBiases =
        TensorList.of(
            decoder.architecture().finalWeights(decoder.shape()).stream()
                .filter(LayerWeight::isBias)
                .map(bias -> Objects.requireNonNull(decoder.weights().get(bias.name())))
                .toList());
  }

  /**
   * Adds a sequence.
   *
   * @param ids shape [T]
   */
  public void add(long[] ids) {
    tokens += ids.length;
    torch.withoutGradient(
        () -> {
          try (Scope scope = torch.root().inner()) {
            Tensor x = decoder.embed(scope, scope.longs(ids, 1, ids.length));
            Attention attention = decoder.attention(scope, ids.length);
            for (int layer = 0; layer < decoder.layerCount(); layer++) {
              x = layer(scope, layer, x, attention);
            }
            return add(head(), squaresOfHead(scope, x));
          }
        });
  }

  /** Tokens added. */
  public long tokens() {
    return tokens;
  }

  /** Sums of squares by GGUF name of the weight, each of the length of its rows. */
  public SortedMap<String, double[]> sums() {
    return Collections.unmodifiableSortedMap(sums);
  }

  /** The layer's output; what went into its projections is added up. */
  private Tensor layer(Scope scope, int index, Tensor x, Attention attention) {
    decoder.open(index);
    DecoderShape shape = decoder.shape();
    List<Tensor> found =
        scope.callList(
            program,
            decoder.architecture().layerMethod() + "_squares",
            x,
            decoder.layerWeights(index),
            decoder.layerBiases(index),
            none,
            attention.cosine(),
            attention.sine(),
            decoder.windowOf(index, attention),
            attention.samples(),
            new long[] {shape.heads(), shape.keyValueHeads(), shape.headSize()},
            shape.normEpsilon());
    List<LayerWeight> matrices =
        decoder.architecture().layerWeights(shape).stream()
            .filter(weight -> !weight.isVector())
            .map(weight -> weight.inLayer(index))
            .toList();
    for (int i = 0; i < matrices.size(); i++) {
      add(matrices.get(i).ggufName(), found.get(i + 1));
    }
    x.close();
    return found.get(0);
  }

  private Tensor squaresOfHead(Scope scope, Tensor x) {
    return scope.call(
        program, "head_squares", x, decoder.finalNorm(), headBiases, decoder.shape().normEpsilon());
  }

  private String head() {
    DecoderShape shape = decoder.shape();
    return (shape.tiedHead() ? WeightNames.embedding(shape) : WeightNames.head(shape)).ggufName();
  }

  private Map<String, double[]> add(String weight, Tensor squares) {
    float[] some = squares.toFloats();
    double[] all = sums.computeIfAbsent(weight, absent -> new double[some.length]);
    for (int column = 0; column < all.length; column++) {
      all[column] += some[column];
    }
    return sums;
  }

  @Override
  public void close() {
    headBiases.close();
    none.close();
    program.close();
  }
}
