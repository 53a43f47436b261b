package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.model.LayerGradients.Kept;
import dev.pipeline.model.LayerGradients.LossAndGradient;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients by hand are those of autograd, for every kind of layer. */
@Tag("recipe")
class DirectGradientsTest {
  private static final Path VARIANTS = Path.of("src/test/resources/architectures");
  private static final int LENGTH = 12;
  private static final long[] SAMPLES = {9, 3, 8, 4};

  /** Of the largest gradient. */
  private static final double TOLERANCE = 2e-5;

  private static Torch torch;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu", 1);
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  static Stream<String> variants() {
    return Arrays.stream(VARIANTS.toFile().list())
        .sorted()
        .filter(name -> !name.matches("phi(_v5)?"));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void ofEveryVariant(String variant) {
    assertSame(variant, spec(0, LoraSpec.ALL_LINEAR), false, BasePrecision.COMPUTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral_window", "phi3_window"})
  void ofPackedSamples(String variant) {
    assertSame(variant, spec(0, LoraSpec.ALL_LINEAR), true, BasePrecision.COMPUTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "phi4"})
  void withDropout(String variant) {
    assertSame(variant, spec(0.3, LoraSpec.ALL_LINEAR), false, BasePrecision.COMPUTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "phi4"})
  void onFourBits(String variant) {
    assertSame(variant, spec(0, LoraSpec.ALL_LINEAR), false, BasePrecision.NF4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"k_proj", "o_proj", "gate_proj", "down_proj"})
  void ofSomeModulesAlone(String module) {
    assertSame("llama", spec(0.1, module), false, BasePrecision.COMPUTED);
  }

  @Test
  void autogradIsForTheRest() {
    LoraSpec decomposed = new LoraSpec(4, 8, 0, List.of(LoraSpec.ALL_LINEAR), false, true);
    assertThat(kind("llama", decomposed)).isInstanceOf(TracedGradients.class);
    assertThat(kind("phi", spec(0, LoraSpec.ALL_LINEAR))).isInstanceOf(TracedGradients.class);
    assertThat(kind("llama", spec(0, LoraSpec.ALL_LINEAR))).isInstanceOf(DirectGradients.class);
  }

  private static LayerGradients kind(String variant, LoraSpec spec) {
    try (Decoder decoder = decoder(variant, BasePrecision.COMPUTED);
        LoraAdapter adapter = LoraAdapter.initialise(torch, decoder, spec, 1)) {
      return LayerGradients.of(torch, decoder, adapter);
    }
  }

  private static void assertSame(
      String variant, LoraSpec spec, boolean packed, BasePrecision precision) {
    try (Decoder decoder = decoder(variant, precision)) {
      Map<String, float[]> start = start(decoder, spec);
      Map<String, float[]> traced = new LinkedHashMap<>();
      Map<String, float[]> direct = new LinkedHashMap<>();
      try (LoraAdapter adapter = adapter(decoder, spec, start)) {
        traced = gradients(decoder, adapter, new TracedGradients(decoder, adapter), packed);
      }
      try (LoraAdapter adapter = adapter(decoder, spec, start)) {
        direct = gradients(decoder, adapter, new DirectGradients(torch, decoder, adapter), packed);
      }
      assertThat(direct.keySet()).isEqualTo(traced.keySet());
      Map<String, float[]> found = direct;
      traced.forEach(
          (name, expected) -> assertClose(name, Objects.requireNonNull(found.get(name)), expected));
    }
  }

  private static void assertClose(String name, float[] found, float[] expected) {
    assertThat(found).as(name).hasSameSizeAs(expected);
    double largest = 0;
    double apart = 0;
    for (int i = 0; i < found.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      apart = Math.max(apart, Math.abs(found[i] - expected[i]));
    }
    assertThat(largest).as("there is a gradient for %s", name).isPositive();
    assertThat(apart / largest).as(name).isLessThan(TOLERANCE);
  }

  /** Loss, and the gradients of two batches by the adapter's names. */
  private static Map<String, float[]> gradients(
      Decoder decoder, LoraAdapter adapter, LayerGradients layers, boolean packed) {
    Map<String, float[]> found = new LinkedHashMap<>();
    for (int batch = 0; batch < 2; batch++) {
      found.put("loss " + batch, new float[] {pass(decoder, adapter, layers, packed, batch)});
    }
    try (Scope scope = torch.root().inner()) {
      adapter
          .parameters()
          .forEach((name, tensor) -> found.put(name, tensor.gradient(scope).toFloats()));
    }
    return found;
  }

  private static float pass(
      Decoder decoder, LoraAdapter adapter, LayerGradients layers, boolean packed, int batch) {
    long[] ids = new long[2 * LENGTH];
    Arrays.setAll(ids, i -> (7L * i + (long) (batch + 1) * i * i) % 48);
    long[] targets = new long[2 * LENGTH];
    Arrays.setAll(targets, i -> i % 3 == 0 ? -100 : (ids[i] + 5) % 48);
    int trained = (int) Arrays.stream(targets).filter(id -> id != -100).count();
    try (Scope scope = torch.root().inner()) {
      Attention attention =
          packed ? decoder.packedAttention(scope, SAMPLES) : decoder.attention(scope, LENGTH);
      double dropout = adapter.spec().dropout();
      List<Kept> kept = new ArrayList<>();
      Tensor embedded =
          torch.withoutGradient(() -> decoder.embed(scope, scope.longs(ids, 2, LENGTH)));
      Tensor x = embedded;
      for (int layer = 0; layer < decoder.layerCount(); layer++) {
        torch.seed(layer);
        kept.add(layers.forward(scope, layer, x, attention, dropout));
        x = kept.get(layer).output();
      }
      LossAndGradient end =
          layers.loss(scope, x, scope.longs(targets, 2, LENGTH), trained, trained);
      Tensor upstream = end.gradient();
      for (int layer = decoder.layerCount() - 1; layer > 0; layer--) {
        upstream = Objects.requireNonNull(kept.get(layer).backward(scope, upstream));
      }
      assertThat(kept.get(0).backward(scope, upstream)).isNull();
      return (float) end.loss();
    }
  }

  private static Decoder decoder(String variant, BasePrecision precision) {
    return DecoderLoader.load(
        torch, ModelFolder.open(VARIANTS.resolve(variant)), 2 * LENGTH, precision);
  }

  private static LoraSpec spec(double dropout, String modules) {
    return new LoraSpec(4, 8, dropout, List.of(modules), false, false);
  }

  /** A fresh adapter but for B, which is not zero, so that every gradient is there. */
  private static Map<String, float[]> start(Decoder decoder, LoraSpec spec) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (LoraAdapter fresh = LoraAdapter.initialise(torch, decoder, spec, 1)) {
      fresh
          .parameters()
          .forEach(
              (name, tensor) -> {
                float[] numbers = tensor.toFloats();
                if (name.contains("lora_B")) {
                  for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = (float) Math.sin(i + 1) / 8;
                  }
                }
                values.put(name, numbers);
              });
    }
    return values;
  }

  private static LoraAdapter adapter(Decoder decoder, LoraSpec spec, Map<String, float[]> start) {
    return LoraAdapter.of(torch, decoder.architecture(), decoder.shape(), spec, start);
  }
}
