package dev.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationFilesTest {
  @TempDir Path folder;

  @Test
  void readsWhatItWrote() {
    Evaluation evaluation = Evaluations.good();
    EvaluationFiles.write(folder, evaluation);
    assertThat(EvaluationFiles.read(folder)).isEqualTo(evaluation);
  }

  @Test
  void keepsTheModelThatTrainingStartedFrom() throws IOException {
    Evaluation evaluation = Evaluations.onward();
    EvaluationFiles.write(folder, evaluation);
    assertThat(EvaluationFiles.read(folder)).isEqualTo(evaluation);
    EvaluationFiles.write(folder, Evaluations.good());
    assertThat(folder.resolve(EvaluationFiles.EVALUATION)).content().doesNotContain("start");
  }

  @Test
  void writesEqualBytesForEqualEvaluations() throws IOException {
    EvaluationFiles.write(folder.resolve("a"), Evaluations.good());
    EvaluationFiles.write(folder.resolve("b"), Evaluations.good());
    for (String name :
        new String[] {
          EvaluationFiles.EVALUATION, EvaluationFiles.ANSWERS, EvaluationFiles.SUITES
        }) {
      assertThat(folder.resolve("a").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("b").resolve(name));
    }
    assertThat(Files.readAllLines(folder.resolve("a").resolve(EvaluationFiles.ANSWERS)))
        .hasSize(12);
  }

  @Test
  void refusesAnswersOfAnotherEvaluation() throws IOException {
    EvaluationFiles.write(folder, Evaluations.good());
    Path answers = folder.resolve(EvaluationFiles.ANSWERS);
    Files.writeString(answers, Files.readString(answers).replace("row-1", "row-x"));
    assertThatThrownBy(() -> EvaluationFiles.read(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("answers.jsonl");
  }

  @Test
  void refusesSuitesOfAnotherEvaluation() throws IOException {
    EvaluationFiles.write(folder, Evaluations.good());
    Path suites = folder.resolve(EvaluationFiles.SUITES);
    Files.writeString(suites, Files.readString(suites).replace("g-1", "g-x"));
    assertThatThrownBy(() -> EvaluationFiles.read(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("suites.jsonl");
  }

  @Test
  void refusesATruncatedSummary() throws IOException {
    EvaluationFiles.write(folder, Evaluations.good());
    Files.writeString(folder.resolve(EvaluationFiles.EVALUATION), "{\"rows\": 1");
    assertThatThrownBy(() -> EvaluationFiles.read(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("evaluation.json");
  }

  @Test
  void refusesAMissingEvaluation() {
    assertThatThrownBy(() -> EvaluationFiles.read(folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("evaluation.json");
  }
}
