package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.safetensors.SafetensorsFile;
import dev.pipeline.weights.safetensors.TensorEntry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * DoRA with rsLoRA's scale: an adapter that we trained and PEFT loaded, and one that PEFT wrote in
 * bfloat16 and we load; {@code scripts/peers/adapter_logits.sh} makes both, with PEFT's logits.
 */
@Tag("recipe")
class AdapterVariantsTest {
  private static final Path BASE = Path.of("../artifacts/base");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final String OURS = "adapter-dora";
  private static final String PEFTS = "adapter-peft";
  private static final float TOLERANCE = 1e-4f;
  private static final long[] IDS = {1, 7, 3, 9, 2, 5};

  private static Torch torch;
  private static ModelFolder base;
  private static Decoder decoder;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    torch = Torch.open("cpu", 1);
    base = ModelFolder.open(BASE);
    decoder = DecoderLoader.load(torch, base, 256);
  }

  @AfterAll
  static void close() {
    decoder.close();
    torch.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {OURS, PEFTS})
  void logitsAreThoseOfPeft(String name) {
    try (LoraAdapter adapter = read(GOLDEN.resolve(name))) {
      assertThat(adapter.spec().decomposed()).isTrue();
      assertThat(adapter.spec().rankStabilised()).isTrue();
      assertThat(farthest(logits(name, decoder, adapter), floats(name, "tuned_0")))
          .isLessThan(TOLERANCE);
    }
  }

  @Test
  void severalAdaptersShareOneBase() {
    try (LoraAdapter ours = read(GOLDEN.resolve(OURS));
        LoraAdapter pefts = read(GOLDEN.resolve(PEFTS))) {
      float[] policy = logits(OURS, decoder, ours);
      float[] reference = logits(OURS, decoder, pefts);
      float[] bare = logits(OURS, decoder, null);
      assertThat(logits(OURS, decoder, ours)).isEqualTo(policy);
      assertThat(policy).isNotEqualTo(reference);
      assertThat(farthest(bare, floats(OURS, "base_0"))).isLessThan(TOLERANCE);
      assertThat(farthest(bare, policy)).isGreaterThan(100 * TOLERANCE);
    }
  }

  @Test
  void anAdapterIsWrittenAsPeftWritesIt() {
    Path theirs = GOLDEN.resolve(PEFTS);
    try (LoraAdapter adapter = read(theirs)) {
      AdapterFolder.write(folder, adapter, "base");
    }
    assertThat(AdapterFolder.readSpec(folder)).isEqualTo(AdapterFolder.readSpec(theirs));
    Map<String, float[]> read = AdapterFolder.readMatrices(folder);
    Map<String, float[]> expected = AdapterFolder.readMatrices(theirs);
    assertThat(read.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(read.get(name)).as(name).isEqualTo(values));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapter", OURS, PEFTS})
  void mergedWeightsComputeWhatBaseAndAdapterCompute(String name) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    try (AdapterMerge merge =
        AdapterMerge.read(torch, decoder.architecture(), decoder.shape(), GOLDEN.resolve(name))) {
      decoder
          .weights()
          .forEach((weight, tensor) -> weights.put(weight, merged(merge, weight, tensor)));
    }
    try (Decoder merged =
        DecoderLoader.of(torch, decoder.architecture(), decoder.shape(), 256, weights)) {
      assertThat(farthest(logits(name, merged, null), floats(name, "tuned_0")))
          .isLessThan(TOLERANCE);
    }
  }

  /** DoRA scales what a weight computes, never the bias beside it. */
  @ParameterizedTest
  @ValueSource(strings = {"llama_biases", "qwen2", "qwen3", "phi", "phi4_mini"})
  void everyArchitectureComputesWithAnAdapterWhatItComputesMerged(String variant) {
    ModelFolder tiny = ModelFolder.open(Path.of("src/test/resources/architectures", variant));
    LoraSpec spec = new LoraSpec(3, 6, 0, List.of(LoraSpec.ALL_LINEAR), false, true);
    Map<String, float[]> weights = new LinkedHashMap<>();
    float[] adapted;
    try (Decoder small = DecoderLoader.load(torch, tiny, 16)) {
      try (LoraAdapter adapter = shaken(small, spec)) {
        AdapterFolder.write(folder, adapter, variant);
        adapted = logits(small, adapter, IDS);
        assertThat(farthest(logits(small, null, IDS), adapted)).isGreaterThan(100 * TOLERANCE);
      }
      try (AdapterMerge merge =
          AdapterMerge.read(torch, small.architecture(), small.shape(), folder)) {
        small.weights().forEach((name, tensor) -> weights.put(name, merged(merge, name, tensor)));
      }
      try (Decoder merged =
          DecoderLoader.of(torch, small.architecture(), small.shape(), 16, weights)) {
        assertThat(farthest(logits(merged, null, IDS), adapted)).isLessThan(TOLERANCE);
      }
    }
  }

  /** A fresh adapter, moved so that all its parts say something. */
  private static LoraAdapter shaken(Decoder small, LoraSpec spec) {
    Map<String, float[]> values = new LinkedHashMap<>();
    Random random = new Random(3);
    try (LoraAdapter fresh = LoraAdapter.initialise(torch, small, spec, 3)) {
      fresh.parameters().forEach((name, tensor) -> values.put(name, tensor.toFloats()));
    }
    for (float[] tensor : values.values()) {
      for (int i = 0; i < tensor.length; i++) {
        tensor[i] += (random.nextFloat() - 0.5f) / 5;
      }
    }
    return LoraAdapter.of(torch, small.architecture(), small.shape(), spec, values);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapter", OURS, PEFTS})
  void unmergingGivesTheBaseBack(String name) {
    String weight = "model.layers.1.mlp.down_proj.weight";
    if (name.equals(PEFTS)) {
      weight = "model.layers.1.mlp.gate_up_proj.weight";
    }
    try (AdapterMerge merge =
            AdapterMerge.read(
                torch, decoder.architecture(), decoder.shape(), GOLDEN.resolve(name));
        Scope scope = torch.root().inner()) {
      Tensor before = Objects.requireNonNull(decoder.weights().get(weight));
      AdapterMerge.Merged merged = merge.merge(scope, weight, before);
      assertThat(farthest(merged.weight().toFloats(), before.toFloats())).isGreaterThan(1e-4f);
      assertThat(farthest(merge.unmerge(scope, weight, merged).toFloats(), before.toFloats()))
          .isLessThan(1e-6f);
    }
  }

  private static float[] merged(AdapterMerge merge, String weight, Tensor before) {
    try (Scope scope = torch.root().inner()) {
      return merge.adapts(weight)
          ? merge.merge(scope, weight, before).weight().toFloats()
          : before.toFloats();
    }
  }

  private static LoraAdapter read(Path adapter) {
    return AdapterFolder.read(torch, decoder.architecture(), decoder.shape(), adapter);
  }

  /** Logits of the last four positions of the golden prompt. */
  private static float[] logits(String name, Decoder decoder, @Nullable LoraAdapter adapter) {
    TensorEntry entry = golden(name).tensor("ids_0");
    long[] ids = new long[(int) entry.elements()];
    entry.map().asLongBuffer().get(ids);
    float[] all = logits(decoder, adapter, ids);
    return Arrays.copyOfRange(all, all.length - 4 * decoder.shape().vocabulary(), all.length);
  }

  private static float[] logits(Decoder decoder, @Nullable LoraAdapter adapter, long[] ids) {
    try (Scope scope = torch.root().inner()) {
      return torch.withoutGradient(
          () -> {
            Tensor x = decoder.embed(scope, scope.longs(ids, 1, ids.length));
            for (int layer = 0; layer < decoder.layerCount(); layer++) {
              x = decoder.layer(scope, layer, x, adapter, 0);
            }
            return decoder.logits(scope, x).toFloats();
          });
    }
  }

  private static float[] floats(String name, String tensor) {
    TensorEntry entry = golden(name).tensor(tensor);
    float[] values = new float[(int) entry.elements()];
    entry.map().asFloatBuffer().get(values);
    return values;
  }

  private static SafetensorsFile golden(String name) {
    return SafetensorsFile.open(GOLDEN.resolve(name).resolve("peft_logits.safetensors"));
  }

  private static float farthest(float[] a, float[] b) {
    assertThat(a).hasSameSizeAs(b);
    float farthest = 0;
    for (int i = 0; i < a.length; i++) {
      farthest = Math.max(farthest, Math.abs(a[i] - b[i]));
    }
    return farthest;
  }
}
