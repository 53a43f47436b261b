package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.safetensors.SafetensorsFile;
import dev.pipeline.weights.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tiny random models of every architecture against transformers, which {@code
 * scripts/peers/architecture_logits.py} ran on the same files in float32.
 */
@Tag("recipe")
class ArchitectureParityTest {
  private static final Path VARIANTS = Path.of("src/test/resources/architectures");
  private static final double TOLERANCE = 1e-4;

  private static Torch torch;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu", 1);
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  static List<String> variants() throws IOException {
    try (Stream<Path> folders = Files.list(VARIANTS)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void logitsAreThoseOfTransformers(String variant, TestReporter reporter) {
    Path folder = VARIANTS.resolve(variant);
    SafetensorsFile golden = SafetensorsFile.open(folder.resolve("logits.safetensors"));
    try (Decoder decoder = DecoderLoader.load(torch, ModelFolder.open(folder), 24)) {
      for (String batch : List.of("full", "padded", "packed")) {
        float[] expected = floats(golden, batch + "_logits");
        float[] actual = logits(decoder, golden, batch);
        double error = largestDifference(actual, expected);
        reporter.publishEntry(variant + " " + batch, Double.toString(error));
        assertThat(error).as(batch).isLessThan(TOLERANCE);
      }
    }
  }

  private static float[] logits(Decoder decoder, SafetensorsFile golden, String batch) {
    long[] ids = longs(golden, batch + "_ids");
    int length = ids.length / 2;
    try (Scope scope = torch.root().inner()) {
      float[] all =
          torch.withoutGradient(
              () -> {
                Attention attention =
                    batch.equals("packed")
                        ? decoder.packedAttention(scope, longs(golden, "packed_samples"))
                        : decoder.attention(scope, length);
                Tensor x = decoder.embed(scope, scope.longs(ids, 2, length));
                for (int layer = 0; layer < decoder.layerCount(); layer++) {
                  x = decoder.layer(scope, layer, x, attention, null, 0);
                }
                return decoder.logits(scope, x).toFloats();
              });
      return batch.equals("padded")
          ? withoutPadding(all, longs(golden, "padded_lengths"), all.length / 2)
          : all;
    }
  }

  private static float[] withoutPadding(float[] logits, long[] lengths, int row) {
    int vocabulary = row / 20;
    float[] kept = new float[(int) Arrays.stream(lengths).sum() * vocabulary];
    int first = (int) lengths[0] * vocabulary;
    System.arraycopy(logits, 0, kept, 0, first);
    System.arraycopy(logits, row, kept, first, kept.length - first);
    return kept;
  }

  private static double largestDifference(float[] actual, float[] expected) {
    assertThat(actual).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; i < actual.length; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      assertThat(difference).as("logit " + i).isNotNaN();
      largest = Math.max(largest, difference);
    }
    return largest;
  }

  private static long[] longs(SafetensorsFile golden, String name) {
    TensorEntry entry = golden.tensor(name);
    long[] values = new long[(int) entry.elements()];
    entry.map().asLongBuffer().get(values);
    return values;
  }

  private static float[] floats(SafetensorsFile golden, String name) {
    TensorEntry entry = golden.tensor(name);
    float[] values = new float[(int) entry.elements()];
    entry.map().asFloatBuffer().get(values);
    return values;
  }
}
