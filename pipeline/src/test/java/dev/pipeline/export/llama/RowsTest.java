package dev.pipeline.export.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.export.llama.Generation.StopReason;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufWriter;
import dev.pipeline.weights.gguf.TinyModel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Following an answer token by token, alone or beside others, changes nothing about it. */
@Tag("recipe")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowsTest {
  private static final int CONTEXT = 256;
  private static final int BATCH = 32;

  @TempDir static Path folder;
  private LlamaProcess llama;
  private Path model;

  @BeforeAll
  void load() {
    model = folder.resolve("model.gguf");
    TinyModel tiny = TinyModel.like("phi3", 2, GgmlType.F16);
    GgufWriter.write(model, tiny.metadata(), tiny.tensors());
    llama = LlamaProcess.start();
    llama.load(model, new Loading(CONTEXT, 2, 3, BATCH, Optional.empty()));
  }

  @AfterAll
  void close() {
    llama.close();
  }

  @Test
  void tokenByTokenIsTheSameAsAtOnce() {
    int[] prompt = tokens(70, 37);
    Generation whole = llama.generate(prompt, GenerateOptions.greedy(12));

    llama.begin(List.of(prompt), GenerateOptions.greedy(12));
    // Two full batches of the prompt are read before the third writes a token.
    assertThat(llama.advance(List.of())).isEmpty();
    assertThat(llama.advance(List.of())).isEmpty();
    List<Written> written = rest();

    assertThat(text(written, 0)).isEqualTo(whole.text());
    assertThat(written.get(written.size() - 1).ended()).isEqualTo(whole.stopReason());
    assertThat(llama.advance(List.of())).isEmpty();
  }

  @Test
  void rowsSideBySideAreWhatTheyAreAlone() {
    List<int[]> prompts = List.of(tokens(40, 37), tokens(3, 11), tokens(90, 5));
    List<String> alone =
        prompts.stream()
            .map(prompt -> llama.generate(prompt, GenerateOptions.greedy(10)).text())
            .toList();

    llama.begin(prompts, GenerateOptions.greedy(10));
    List<Written> written = rest();

    assertThat(IntStream.range(0, 3).mapToObj(row -> text(written, row))).isEqualTo(alone);
  }

  @Test
  void aRowThatIsDroppedWritesNoMore() {
    llama.begin(List.of(tokens(4, 3), tokens(5, 7)), GenerateOptions.greedy(50));
    assertThat(llama.advance(List.of())).extracting(Written::row).containsExactly(0, 1);
    assertThat(llama.advance(List.of(0))).extracting(Written::row).containsExactly(1);
    assertThat(llama.advance(List.of())).extracting(Written::row).containsExactly(1);
    assertThat(llama.advance(List.of(1))).isEmpty();
  }

  @Test
  void whatIsRememberedIsNotReadAgainAndChangesNothing() {
    try (LlamaProcess single = LlamaProcess.start()) {
      single.load(model, new Loading(CONTEXT, 2, 1, BATCH, Optional.empty()));
      int[] first = tokens(50, 37);
      assertThat(single.begin(List.of(first), GenerateOptions.greedy(8))).isZero();
      List<Written> answer = rest(single);
      int[] second =
          IntStream.concat(
                  IntStream.concat(IntStream.of(first), answer.stream().mapToInt(Written::token)),
                  IntStream.of(tokens(20, 11)))
              .toArray();

      // The last token that was written was never read.
      assertThat(single.begin(List.of(second), GenerateOptions.greedy(8)))
          .isEqualTo(first.length + answer.size() - 1);
      String continued = text(rest(single), 0);

      assertThat(continued).isEqualTo(llama.generate(second, GenerateOptions.greedy(8)).text());
      assertThat(single.begin(List.of(new int[] {9, 8, 7}), GenerateOptions.greedy(2))).isZero();
      // Another kind of question forgets it all.
      single.logits(first);
      assertThat(single.begin(List.of(second), GenerateOptions.greedy(8))).isZero();
      assertThat(text(rest(single), 0)).isEqualTo(continued);
    }
  }

  @Test
  void aFullContextEndsARow() {
    llama.begin(List.of(tokens(CONTEXT - 3, 37)), GenerateOptions.greedy(50));
    List<Written> written = rest();
    assertThat(written).hasSize(4);
    assertThat(written.get(3).ended()).isEqualTo(StopReason.CONTEXT_FULL);
  }

  @Test
  void moreRowsThanWereLoadedForAreRefused() {
    List<int[]> four = List.of(tokens(2, 3), tokens(2, 3), tokens(2, 3), tokens(2, 3));
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> llama.begin(four, GenerateOptions.greedy(2)))
        .withMessage("4 prompts for a model that was loaded for 3");
  }

  @Test
  void layersForAGpuAreRefusedByABuildWithoutOne() {
    try (LlamaProcess other = LlamaProcess.start()) {
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> other.load(model, new Loading(64, 1, 1, BATCH, Optional.of(4))))
          .withMessage("gpu_layers 4, but this llama.cpp computes on the processor alone")
          .satisfies(
              failure -> assertThat(failure.fix()).contains("--gpu-layers", "llama_library"));
      assertThat(other.load(model, new Loading(64, 1, 1, BATCH, Optional.of(0))).vocabulary())
          .isEqualTo(320);
    }
  }

  private List<Written> rest() {
    return rest(llama);
  }

  private static List<Written> rest(LlamaProcess llama) {
    List<Written> all = new ArrayList<>();
    int quiet = 0;
    // Nothing is written while prompts are read, for at most as many steps as they have tokens.
    while (quiet < CONTEXT) {
      List<Written> step = llama.advance(List.of());
      all.addAll(step);
      quiet = step.isEmpty() ? quiet + 1 : 0;
    }
    return all;
  }

  private static String text(List<Written> written, int row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    written.stream().filter(one -> one.row() == row).forEach(one -> bytes.writeBytes(one.bytes()));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int[] tokens(int count, int step) {
    return IntStream.range(0, count).map(i -> (i * step) % 256).toArray();
  }
}
