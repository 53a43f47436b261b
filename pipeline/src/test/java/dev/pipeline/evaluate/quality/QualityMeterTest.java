package dev.pipeline.evaluate.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.evaluate.stage.Stage;
import dev.pipeline.evaluate.stage.StageDifference;
import dev.pipeline.export.FileType;
import dev.pipeline.export.KernelQuantiser;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufWriter;
import dev.pipeline.weights.gguf.TinyModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny model in the llama.cpp that ships. */
@Tag("recipe")
class QualityMeterTest {
  private static final List<TrainingExample> ROWS =
      List.of(
          new TrainingExample("a", new long[] {70, 71, 12, 13, 80, 90, 91}, 3),
          new TrainingExample("b", new long[] {40, 41, 42, 43}, 1));

  @TempDir Path folder;
  private Path whole;
  private Path small;

  @BeforeEach
  void write() {
    TinyModel model = TinyModel.like("phi3", 2, GgmlType.F16);
    whole = folder.resolve("whole.gguf");
    small = folder.resolve("small.gguf");
    GgufWriter.write(whole, model.metadata(), model.tensors());
    new KernelQuantiser(1).quantise(whole, small, FileType.Q4_0, share -> {});
  }

  @Test
  void comparesWhatBothPredictForEachTokenOfTheAnswers() {
    QualityTable table = measured();
    FileQuality reference = table.files().get(0);
    FileQuality quantised = table.files().get(1);

    StageDifference expected = StageDifference.of(Stage.QUANTISED, logits(whole), logits(small));
    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.tokens()).isEqualTo(expected.positions()).isEqualTo(7);
    assertThat(quantised.divergence().value())
        .isPositive()
        .isCloseTo(expected.divergence(), within(1e-5));
    assertThat(quantised.agreement().value()).isCloseTo(expected.agreement(), within(1e-9));
    assertThat(reference.divergence().value()).isZero();
    assertThat(reference.agreement().value()).isEqualTo(1);
    assertThat(reference.bitsPerWeight()).isBetween(16.0, 16.2);
    assertThat(quantised.bitsPerWeight()).isBetween(4.5, 6.6);
    assertThat(quantised.bytes()).isEqualTo(small.toFile().length());
    assertThat(quantised.speed().prompt()).isPositive();
    assertThat(quantised.speed().generation()).isPositive();
    assertThat(folder.resolve("scratch")).doesNotExist();
  }

  @Test
  void refusesAFileOfAnotherModelAndLeavesNothing() {
    TinyModel other = new TinyModel("phi3", 1, 256, 768, 352, false, GgmlType.F16);
    GgufWriter.write(small, other.metadata(), other.tensors());

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(this::measured)
        .withMessageContaining("bytes of logits, not");
    assertThat(folder.resolve("scratch")).doesNotExist();
    assertThat(Files.exists(whole)).isTrue();
  }

  private QualityTable measured() {
    try (QualityMeter meter =
        new QualityMeter(
            LlamaBuild.SHIPPED, ROWS, 1, folder.resolve("scratch"), (file, done, total) -> {})) {
      return meter.measure(whole, List.of(new QuantisedFile("Q4_0", false, small)));
    }
  }

  /** One by one, each after the tokens before it. */
  private static List<float[]> logits(Path gguf) {
    List<float[]> logits = new ArrayList<>();
    try (LlamaProcess llama = LlamaProcess.start()) {
      llama.load(gguf, 64, 1);
      for (TrainingExample row : ROWS) {
        int[] ids = Arrays.stream(row.ids()).mapToInt(Math::toIntExact).toArray();
        for (int end = row.firstTrained(); end < ids.length; end++) {
          logits.add(llama.logits(Arrays.copyOf(ids, end)));
        }
      }
    }
    return logits;
  }
}
