package dev.pipeline.export.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.offset;

import dev.pipeline.export.llama.Generation.StopReason;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.GgufWriter;
import dev.pipeline.weights.gguf.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("recipe")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LlamaProcessTest {
  private static final int CONTEXT = 1024;

  @TempDir static Path folder;
  private LlamaProcess llama;
  private Path model;

  @BeforeAll
  void load() {
    model = write(TinyModel.like("phi3", 2, GgmlType.F16));
    llama = LlamaProcess.start();
    llama.load(model, CONTEXT, 2);
  }

  @AfterAll
  void close() {
    llama.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"llama", "phi3", "qwen2"})
  void loadsTheFamiliesThatAreExported(String family) {
    try (LlamaProcess other = LlamaProcess.start()) {
      ModelSummary summary = other.load(write(TinyModel.like(family, 1, GgmlType.BF16)), 64, 1);

      assertThat(summary.description()).startsWith(family);
      assertThat(summary.vocabulary()).isEqualTo(320);
      assertThat(summary.contextTokens()).isEqualTo(64);
      assertThat(other.logits(new int[] {1, 2, 3})).hasSize(320).doesNotContain(Float.NaN);
    }
  }

  @Test
  void tokenizesAndBack() {
    int[] tokens = llama.tokenize("hello world, grüße 東京", false);

    assertThat(tokens[0]).isEqualTo(259);
    assertThat(llama.detokenize(tokens)).isEqualTo("hello world, grüße 東京");
    assertThat(llama.tokenize("<|endoftext|>", true)).containsExactly(TinyModel.END_OF_TEXT);
    assertThat(llama.tokenize("<|endoftext|>", false)).hasSizeGreaterThan(5);
    assertThat(llama.tokenize("", true)).isEmpty();
  }

  @Test
  void scoresAreTheSoftmaxOfTheLogitsBeforeEachToken() {
    int[] tokens = {5, 90, 17, 200, 3};

    float[] scores = llama.score(tokens, 2);

    assertThat(scores).hasSize(3);
    for (int i = 0; i < scores.length; i++) {
      float[] logits = llama.logits(Arrays.copyOf(tokens, 2 + i));
      assertThat((double) scores[i])
          .isCloseTo(Softmax.logProbability(logits, tokens[2 + i]), offset(1e-3));
    }
  }

  @Test
  void endingsAreScoredAsIfEachStoodAlone() {
    int[] tokens = IntStream.range(0, 600).map(i -> (i * 37) % 256).toArray();
    List<int[]> endings = List.of(new int[] {5, 90, 17}, new int[] {200}, new int[] {5, 90, 18, 3});

    float[][] scores = llama.scoreEndings(tokens, endings);

    for (int i = 0; i < scores.length; i++) {
      int[] ending = endings.get(i);
      int[] whole = Arrays.copyOf(tokens, tokens.length + ending.length);
      System.arraycopy(ending, 0, whole, tokens.length, ending.length);
      assertThat(scores[i]).containsExactly(llama.score(whole, tokens.length), offset(1e-3f));
    }
    // What the endings left in memory is gone.
    assertThat(llama.score(new int[] {1, 2}, 1)).containsExactly(llama.score(new int[] {1, 2}, 1));
  }

  @Test
  void longTextIsScoredInChunksThatSeeEachOther() {
    int[] tokens = IntStream.range(0, 900).map(i -> (i * 37) % 256).toArray();

    float[] all = llama.score(tokens, 1);
    float[] last = llama.score(tokens, 700);

    assertThat(all).hasSize(899);
    for (int i = 0; i < last.length; i++) {
      assertThat(last[i]).isCloseTo(all[699 + i], offset(1e-3f));
    }
    float[] logits = llama.logits(Arrays.copyOf(tokens, 899));
    assertThat((double) all[898])
        .isCloseTo(Softmax.logProbability(logits, tokens[899]), offset(1e-3));
  }

  @Test
  void greedyGenerationTakesTheLikeliestTokenEachTime() {
    int[] prompt = {5, 90, 17};

    Generation generation = llama.generate(prompt, GenerateOptions.greedy(6));

    assertThat(generation.promptTokens()).isEqualTo(3);
    int[] sequence = prompt;
    for (int token : generation.tokenIds()) {
      assertThat(token).isEqualTo(Sampler.likeliest(llama.logits(sequence)));
      sequence = IntStream.concat(Arrays.stream(sequence), IntStream.of(token)).toArray();
    }
    assertThat(generation.stopReason())
        .isEqualTo(
            generation.tokenIds().size() == 6
                ? StopReason.MAX_TOKENS
                : StopReason.END_OF_GENERATION);
  }

  @Test
  void aSeedFixesTheAnswer() {
    int[] prompt = {5, 90, 17};

    List<Integer> first = llama.generate(prompt, sampled(1, List.of())).tokenIds();

    assertThat(llama.generate(prompt, sampled(1, List.of())).tokenIds()).isEqualTo(first);
    assertThat(llama.generate(prompt, sampled(2, List.of())).tokenIds()).isNotEqualTo(first);
  }

  @Test
  void aStopTextEndsTheAnswerAndIsCutOff() {
    int[] prompt = {5, 90, 17};
    Generation free = llama.generate(prompt, sampled(1, List.of()));
    String stop = llama.detokenize(new int[] {free.tokenIds().get(2)});

    Generation stopped = llama.generate(prompt, sampled(1, List.of(stop)));

    assertThat(stopped.stopReason()).isEqualTo(StopReason.STOP_TEXT);
    assertThat(stopped.tokenIds().size()).isLessThanOrEqualTo(3);
    assertThat(stopped.text()).doesNotContain(stop);
  }

  @Test
  void refusesWhatDoesNotFitAndStaysUsable() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> llama.logits(new int[] {320}))
        .withMessageContaining("token 320 is not one of the model's 320");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> llama.logits(new int[CONTEXT + 1]))
        .withMessageContaining("1025 tokens do not fit");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> llama.score(new int[] {1, 2}, 0))
        .withMessageContaining("cannot score from token 0");

    assertThat(llama.logits(new int[] {1})).hasSize(320);
  }

  @Test
  void aModelThatLlamaCannotLoadIsRefusedWithItsReason() {
    GgufMetadata metadata =
        TinyModel.like("llama", 1, GgmlType.F16)
            .metadata()
            .with("tokenizer.ggml.pre", GgufValue.text("nobody knows this"));
    Path unknown = folder.resolve("unknown.gguf");
    GgufWriter.write(unknown, metadata, TinyModel.like("llama", 1, GgmlType.F16).tensors());

    try (LlamaProcess other = LlamaProcess.start()) {
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> other.load(unknown, 64, 1))
          .withMessageContaining("llama.cpp cannot load")
          .withMessageContaining("nobody knows this")
          .extracting(Failure::exitCode)
          .isEqualTo(ExitCode.REFUSED);
    }
  }

  @Test
  void theDeathOfTheChildIsAFailureNotAHang() {
    try (LlamaProcess other = LlamaProcess.start()) {
      other.load(model, 64, 1);
      ProcessHandle.of(other.processId()).orElseThrow().destroyForcibly();

      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> other.logits(new int[] {1}))
          .withMessageContaining("was killed from outside, with status 137")
          .extracting(Failure::exitCode)
          .isEqualTo(ExitCode.INFRASTRUCTURE);
      assertThatExceptionOfType(Failure.class).isThrownBy(() -> other.logits(new int[] {1}));
    }
  }

  @Test
  void closingLeavesNothingBehind() {
    LlamaProcess other = LlamaProcess.start();
    ProcessHandle child = ProcessHandle.of(other.processId()).orElseThrow();

    other.close();

    assertThat(child.isAlive()).isFalse();
  }

  private static GenerateOptions sampled(long seed, List<String> stop) {
    return new GenerateOptions(12, 1.5, 0.95, seed, stop);
  }

  private Path write(TinyModel tiny) {
    Path file = folder.resolve(tiny.architecture() + tiny.layers() + tiny.type() + ".gguf");
    if (!Files.exists(file)) {
      GgufWriter.write(file, tiny.metadata(), tiny.tensors());
    }
    return file;
  }
}
