package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("recipe")
class InputSquaresTest {
  private static final Path VARIANTS = Path.of("src/test/resources/architectures");
  private static final List<long[]> ROWS =
      List.of(new long[] {3, 17, 17, 40, 8, 21, 2}, new long[] {11, 5, 30, 9});

  private static Torch torch;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu", 1);
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  @Test
  void areThoseOfAForwardPassWrittenOutInPlainJava() {
    try (Decoder decoder = DecoderLoader.load(torch, TinyModel.write(torch, folder), 16);
        InputSquares squares = new InputSquares(torch, decoder)) {
      Map<String, float[]> weights = new LinkedHashMap<>();
      decoder.weights().forEach((name, tensor) -> weights.put(name, tensor.toFloats()));
      Map<String, double[]> expected = new LinkedHashMap<>();
      for (long[] row : ROWS) {
        squares.add(row);
        PlainPhi3 plain = new PlainPhi3(decoder.shape(), weights);
        plain.run(row);
        plain.inputs.forEach((name, inputs) -> add(expected, gguf(decoder, name), inputs));
      }

      assertThat(squares.tokens()).isEqualTo(11);
      assertThat(squares.sums().keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
      expected.forEach((name, sums) -> assertClose(name, squares.sums().get(name), sums));
    }
  }

  /**
   * The layers of each family pass on what the decoder's own pass on, and name every matrix. What
   * goes into the first projections and the head is computed from those.
   */
  @ParameterizedTest
  @ValueSource(strings = {"llama", "llama_tied", "mistral_window", "phi", "phi4_mini", "qwen3"})
  void followTheDecoderInEveryFamily(String variant) {
    try (Decoder decoder =
            DecoderLoader.load(torch, ModelFolder.open(VARIANTS.resolve(variant)), 24);
        InputSquares squares = new InputSquares(torch, decoder)) {
      Map<String, double[]> expected = new LinkedHashMap<>();
      for (long[] row : ROWS) {
        squares.add(row);
        addNormed(decoder, row, expected);
      }

      List<LayerWeight> matrices =
          decoder.architecture().weights(decoder.shape(), decoder.layerCount()).stream()
              .filter(weight -> !weight.isVector())
              .filter(
                  weight ->
                      decoder.shape().tiedHead() || !weight.name().equals(WeightNames.EMBEDDING))
              .toList();
      assertThat(squares.sums()).hasSameSizeAs(matrices);
      matrices.forEach(
          matrix ->
              assertThat(squares.sums().get(matrix.ggufName()))
                  .as(matrix.ggufName())
                  .hasSize(matrix.columns())
                  .doesNotContain(Double.NaN, Double.POSITIVE_INFINITY));
      expected.forEach((name, sums) -> assertClose(name, squares.sums().get(name), sums));
    }
  }

  private static void addNormed(Decoder decoder, long[] row, Map<String, double[]> expected) {
    torch.withoutGradient(
        () -> {
          try (Scope scope = torch.root().inner()) {
            Tensor x = decoder.embed(scope, scope.longs(row, 1, row.length));
            for (int layer = 0; layer < decoder.layerCount(); layer++) {
              List<LayerWeight> weights = decoder.architecture().layerWeights(decoder.shape());
              LayerWeight first =
                  weights.stream().filter(weight -> !weight.isVector()).findFirst().orElseThrow();
              String norm = WeightNames.layer(layer) + "input_layernorm";
              add(expected, first.inLayer(layer).ggufName(), normed(decoder, norm, x));
              x = decoder.layer(scope, layer, x, null, 0);
            }
            String norm = decoder.architecture().finalWeights(decoder.shape()).get(0).module();
            String head = decoder.shape().tiedHead() ? "token_embd.weight" : "output.weight";
            add(expected, head, normed(decoder, norm, x));
            return row;
          }
        });
  }

  /** RMS norm, or layer norm where there is a bias. */
  private static double[][] normed(Decoder decoder, String module, Tensor x) {
    float[] weight = Objects.requireNonNull(decoder.weights().get(module + ".weight")).toFloats();
    Tensor bias = decoder.weights().get(module + ".bias");
    float[] shift = bias == null ? new float[weight.length] : bias.toFloats();
    float[] values = x.toFloats();
    double[][] y = new double[values.length / weight.length][weight.length];
    for (int t = 0; t < y.length; t++) {
      double mean = 0;
      double square = 0;
      for (int i = 0; i < weight.length; i++) {
        mean += bias == null ? 0 : values[t * weight.length + i] / (double) weight.length;
      }
      for (int i = 0; i < weight.length; i++) {
        double centred = values[t * weight.length + i] - mean;
        square += centred * centred / weight.length;
      }
      double scale = 1 / Math.sqrt(square + decoder.shape().normEpsilon());
      for (int i = 0; i < weight.length; i++) {
        y[t][i] = (values[t * weight.length + i] - mean) * scale * weight[i] + shift[i];
      }
    }
    return y;
  }

  private static void add(Map<String, double[]> sums, String name, double[][] inputs) {
    double[] sum = sums.computeIfAbsent(name, absent -> new double[inputs[0].length]);
    for (double[] input : inputs) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += input[i] * input[i];
      }
    }
  }

  private static String gguf(Decoder decoder, String name) {
    return decoder.architecture().weights(decoder.shape(), decoder.layerCount()).stream()
        .filter(weight -> weight.name().equals(name))
        .map(LayerWeight::ggufName)
        .findFirst()
        .orElseThrow();
  }

  private static void assertClose(String name, double @Nullable [] actual, double[] expected) {
    if (actual == null) {
      throw new AssertionError("nothing of " + name);
    }
    assertThat(actual).as(name).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i])
          .as(name + " " + i)
          .isCloseTo(expected[i], within(1e-6 + 1e-4 * expected[i]));
    }
  }
}
