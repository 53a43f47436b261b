package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.torch.LiveTensors;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logits with cached keys and values against the whole sequence computed again. */
@Tag("recipe")
class GrowingSequencesTest {
  private static final Path VARIANTS = Path.of("src/test/resources/architectures");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Path BASE = Path.of("../artifacts/base");
  private static final int VOCABULARY = 48;

  /** Of the largest logit. */
  private static final double TOLERANCE = 1e-5;

  private static Torch torch;

  private final Random random = new Random(3);

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

  /** One leaves, another comes, all have their own lengths, windows and turns. */
  @ParameterizedTest
  @MethodSource("variants")
  void logitsAreThoseWithoutACache(String variant, TestReporter reporter) {
    try (Decoder decoder = load(VARIANTS.resolve(variant), BasePrecision.COMPUTED)) {
      Comparison comparison = new Comparison(decoder, null, VOCABULARY);
      comparison.add(4, 11, 6);
      comparison.extend(8);
      comparison.remove(0);
      comparison.add(2);
      comparison.extend(10);
      reporter.publishEntry(variant, Double.toString(comparison.largest));
      assertThat(comparison.largest).isLessThan(TOLERANCE);
    }
  }

  @Test
  void theCacheGrowsInBlocks() {
    try (Decoder decoder = load(VARIANTS.resolve("mistral_window"), BasePrecision.COMPUTED)) {
      Comparison comparison = new Comparison(decoder, null, VOCABULARY);
      comparison.add(125, 3);
      comparison.extend(6);
      comparison.add(200);
      comparison.extend(2);
      assertThat(comparison.largest).isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @EnumSource
  void baseMayBeOfAnyPrecision(BasePrecision precision) {
    try (Decoder decoder = load(BASE, precision)) {
      Comparison comparison = new Comparison(decoder, null, VOCABULARY);
      comparison.add(5, 2);
      comparison.extend(3);
      assertThat(comparison.largest).isLessThan(TOLERANCE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapter", "adapter-dora", "adapter-peft"})
  void adaptersComputeAlongside(String name) {
    try (Decoder decoder = load(BASE, BasePrecision.COMPUTED);
        LoraAdapter adapter =
            AdapterFolder.read(
                torch, decoder.architecture(), decoder.shape(), GOLDEN.resolve(name))) {
      Comparison comparison = new Comparison(decoder, adapter, VOCABULARY);
      comparison.add(5, 2);
      comparison.extend(3);
      assertThat(comparison.largest).isLessThan(TOLERANCE);
    }
  }

  @Test
  void nothingIsKeptBeyondTheCache() {
    try (Decoder decoder = load(VARIANTS.resolve("qwen2_window"), BasePrecision.COMPUTED)) {
      long before = LiveTensors.of(torch);
      Comparison comparison = new Comparison(decoder, null, VOCABULARY);
      comparison.add(4, 9);
      long started = LiveTensors.of(torch);
      comparison.extend(140);
      assertThat(LiveTensors.of(torch)).isEqualTo(started);
      comparison.sequences.close();
      assertThat(LiveTensors.of(torch)).isEqualTo(before);
    }
  }

  private static Decoder load(Path folder, BasePrecision precision) {
    return DecoderLoader.load(torch, ModelFolder.open(folder), 256, precision);
  }

  /** Sequences in a cache, and the same in a list. */
  private final class Comparison {
    private final Decoder decoder;
    private final @Nullable LoraAdapter adapter;
    private final int tokens;
    private final GrowingSequences sequences;
    private final List<long[]> rows = new ArrayList<>();
    private double largest;

    Comparison(Decoder decoder, @Nullable LoraAdapter adapter, int tokens) {
      this.decoder = decoder;
      this.adapter = adapter;
      this.tokens = tokens;
      this.sequences = new GrowingSequences(torch, decoder, adapter, 4);
    }

    void add(int... lengths) {
      List<long[]> fresh = new ArrayList<>();
      for (int length : lengths) {
        fresh.add(random.longs(length, 3, tokens).toArray());
      }
      compare(fresh, step -> sequences.add(step, fresh));
      rows.addAll(fresh);
    }

    void extend(int times) {
      for (int i = 0; i < times; i++) {
        long[] next = random.longs(rows.size(), 3, tokens).toArray();
        for (int row = 0; row < next.length; row++) {
          long[] longer = Arrays.copyOf(rows.get(row), rows.get(row).length + 1);
          longer[longer.length - 1] = next[row];
          rows.set(row, longer);
        }
        compare(rows, step -> sequences.extend(step, next));
      }
    }

    void remove(int row) {
      sequences.remove(row);
      rows.set(row, rows.get(rows.size() - 1));
      rows.remove(rows.size() - 1);
      assertThat(sequences.count()).isEqualTo(rows.size());
    }

    private void compare(List<long[]> expected, Cached cached) {
      float[] actual =
          torch.withoutGradient(
              () -> {
                try (Scope step = torch.root().inner()) {
                  return cached.logits(step).toFloats();
                }
              });
      int vocabulary = decoder.shape().vocabulary();
      assertThat(actual).hasSize(expected.size() * vocabulary);
      for (int row = 0; row < expected.size(); row++) {
        float[] whole = lastLogits(expected.get(row));
        double scale = 1;
        double difference = 0;
        for (int i = 0; i < vocabulary; i++) {
          scale = Math.max(scale, Math.abs(whole[i]));
          difference = Math.max(difference, Math.abs(whole[i] - actual[row * vocabulary + i]));
        }
        assertThat(difference).isNotNaN();
        largest = Math.max(largest, difference / scale);
      }
    }

    private float[] lastLogits(long[] ids) {
      return torch.withoutGradient(
          () -> {
            try (Scope step = torch.root().inner()) {
              Tensor x = decoder.embed(step, step.longs(ids, 1, ids.length));
              for (int layer = 0; layer < decoder.layerCount(); layer++) {
                x = decoder.layer(step, layer, x, adapter, 0);
              }
              float[] all = decoder.logits(step, x).toFloats();
              return Arrays.copyOfRange(all, all.length - decoder.shape().vocabulary(), all.length);
            }
          });
    }
  }

  private interface Cached {
    Tensor logits(Scope step);
  }
}
