package dev.pipeline.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.AdapterMerge;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.LiveTensors;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped base, which continues whatever it is given. */
@Tag("recipe")
class GeneratorTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Sampling DRAWN = new Sampling(1.1, 0.8, 40, 0.95, 21);
  private static final int NEW_TOKENS = 12;
  private static final long MEBIBYTE = 1 << 20;

  private static Torch torch;
  private static ModelFolder base;
  private static Decoder decoder;

  @BeforeAll
  static void load() {
    torch = Torch.open("cpu", 1);
    base = ModelFolder.open(Path.of("../artifacts/base"));
    decoder = DecoderLoader.load(torch, base, 256);
  }

  @AfterAll
  static void close() {
    decoder.close();
    torch.close();
  }

  @Test
  void theSameSeedDrawsTheSameTokensAloneAndInAnyBatch() {
    List<Prompt> prompts = prompts(7);
    List<Continuation> together = generate(decoder, null, DRAWN, 7, prompts);
    for (int batch : List.of(1, 2, 3)) {
      assertThat(generate(decoder, null, DRAWN, batch, prompts)).isEqualTo(together);
    }
    assertThat(generate(decoder, null, DRAWN, 4, prompts.subList(5, 6)))
        .containsExactly(together.get(5));
    Sampling other = new Sampling(1.1, 0.8, 40, 0.95, 22);
    assertThat(generate(decoder, null, other, 7, prompts)).isNotEqualTo(together);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adapter", "adapter-dora"})
  void anAdapterAnswersAttachedAsItDoesMerged(String name) {
    Path folder = GOLDEN.resolve(name);
    List<Prompt> prompts = prompts(3);
    List<Continuation> attached;
    try (LoraAdapter adapter =
        AdapterFolder.read(torch, decoder.architecture(), decoder.shape(), folder)) {
      attached = generate(decoder, adapter, Sampling.GREEDY, 3, prompts);
    }
    try (Decoder merged = merged(folder)) {
      assertThat(generate(merged, null, Sampling.GREEDY, 3, prompts)).isEqualTo(attached);
    }
    assertThat(generate(decoder, null, Sampling.GREEDY, 3, prompts)).isNotEqualTo(attached);
  }

  @Test
  void aBaseInFourBitsAnswersToo() {
    List<Prompt> prompts = prompts(3);
    try (Decoder quantised = DecoderLoader.load(torch, base, 64, BasePrecision.NF4)) {
      List<Continuation> together = generate(quantised, null, DRAWN, 3, prompts);
      assertThat(generate(quantised, null, DRAWN, 1, prompts)).isEqualTo(together);
      assertThat(together).allSatisfy(row -> assertThat(row.tokens()).isNotEmpty());
    }
  }

  @Test
  void nothingIsLeftBehind() throws IOException {
    List<Prompt> prompts = prompts(16);
    // Heap and allocator grow to their size first, how fast is up to the machine.
    repeat(8, prompts);
    long tensors = LiveTensors.of(torch);
    long bytes = residentBytes();
    repeat(20, prompts);
    assertThat(LiveTensors.of(torch)).isEqualTo(tensors);
    // A cache of 16 rows takes 10 MiB.
    assertThat(residentBytes() - bytes).isLessThan(100 * MEBIBYTE);
  }

  private static void repeat(int times, List<Prompt> prompts) {
    for (int i = 0; i < times; i++) {
      generate(decoder, null, DRAWN, 16, prompts);
    }
  }

  @Test
  void promptsThatCannotBeContinuedAreRefused() {
    assertRefused("holds a token", new Prompt("a", List.of(999_999L)));
    assertRefused("is empty", new Prompt("a", List.of()));
    assertRefused(
        "leaves no room", new Prompt("a", IntStream.range(3, 250).asLongStream().boxed().toList()));
    assertRefused("two prompts", new Prompt("a", List.of(5L)), new Prompt("a", List.of(6L)));
  }

  private static void assertRefused(String reason, Prompt... prompts) {
    assertThatThrownBy(() -> generate(decoder, null, DRAWN, 2, List.of(prompts)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(reason);
  }

  private static List<Continuation> generate(
      Decoder model,
      @Nullable LoraAdapter adapter,
      Sampling sampling,
      int batch,
      List<Prompt> prompts) {
    Stops stops = Stops.at(StopTokens.of(base), ids -> "");
    return new Generator(torch, model, adapter, sampling, stops, NEW_TOKENS, batch)
        .generate(prompts, Progress.SILENT);
  }

  private static List<Prompt> prompts(int count) {
    Random random = new Random(9);
    List<Prompt> prompts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Long> tokens = random.longs(3 + 5L * i, 10, 2000).boxed().toList();
      prompts.add(new Prompt("prompt " + i, tokens));
    }
    return prompts;
  }

  private static Decoder merged(Path folder) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    try (Scope scope = torch.root().inner();
        AdapterMerge merge =
            AdapterMerge.read(torch, decoder.architecture(), decoder.shape(), folder)) {
      decoder
          .weights()
          .forEach(
              (name, tensor) ->
                  weights.put(
                      name,
                      merge.adapts(name)
                          ? merge.merge(scope, name, tensor).weight().toFloats()
                          : tensor.toFloats()));
    }
    return DecoderLoader.of(torch, decoder.architecture(), decoder.shape(), 64, weights);
  }

  @Test
  void stopTokensComeFromTheModelsOwnFiles() {
    assertThat(StopTokens.of(base)).isEqualTo(Set.of(3068L, 3070L));
  }

  private static long residentBytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", 3)[1];
    return Long.parseLong(pages) * 4096;
  }
}
