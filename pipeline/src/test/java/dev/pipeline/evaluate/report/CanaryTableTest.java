package dev.pipeline.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.Evaluations;
import dev.pipeline.evaluate.JudgeMonitor;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.ServedModel;
import dev.pipeline.evaluate.gate.Bound;
import dev.pipeline.evaluate.gate.Gate;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.evaluate.metric.Answer;
import dev.pipeline.evaluate.suite.Canaries;
import dev.pipeline.evaluate.suite.Canary;
import dev.pipeline.evaluate.suite.SuiteResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tuned model that learnt one of two planted secrets. */
class CanaryTableTest {
  private static final Evaluation EVALUATION = evaluation();
  private static final Verdict VERDICT =
      new Gate(List.of(Bound.of("canary_exposure", "at_most", 1))).judge(EVALUATION);

  /** Tells only {@code secret} from others. */
  private record Knowing(String secret) implements ServedModel {
    @Override
    public int[] tokenize(String text) {
      return text.codePoints().toArray();
    }

    @Override
    public Answer generate(String prompt, Sampling sampling) {
      throw new UnsupportedOperationException("secrets are scored, not asked for");
    }

    @Override
    public float[] score(int[] tokens, int firstScored) {
      float[] scores = new float[tokens.length - firstScored];
      scores[0] = new String(tokens, 0, tokens.length).contains(secret) ? -1 : -2;
      return scores;
    }
  }

  @Test
  void theReportSaysWhatWasNotCaught() {
    Page page = Page.parse(render(EVALUATION));
    assertThat(page.texts("//section[@aria-labelledby='canaries']//table[1]/tbody/tr/th"))
        .contains("code", "phrase");
    assertThat(page.texts("//section[@aria-labelledby='canaries']//tbody/tr[th='learnt']/td[5]"))
        .containsExactly("NOT caught");
    assertThat(page.texts("//section[@aria-labelledby='canaries']//tbody/tr[th='unseen']/td[5]"))
        .containsExactly("caught");
    assertThat(page.texts("//section[@aria-labelledby='canaries']//tbody/tr[th='code']/td[6]"))
        .containsExactly("NOT caught");
  }

  @Test
  void theGateFailsAndTheFilesKeepEverySecret(@TempDir Path folder) throws IOException {
    assertThat(VERDICT.pass()).isFalse();
    assertThat(VERDICT.reasons().get(0)).startsWith("Canary exposure");
    EvaluationFiles.write(folder, EVALUATION);
    assertThat(EvaluationFiles.read(folder)).isEqualTo(EVALUATION);
    assertThat(Files.readString(folder.resolve(EvaluationFiles.EVALUATION)))
        .contains("canary_exposure.code", "canary_exposure.phrase", "canary_unseen");
    assertThat(Files.readString(folder.resolve(EvaluationFiles.SUITES)))
        .contains("not-caught", "\"expected\"");
  }

  @Test
  void withoutPlantedSecretsThereIsNoTable() {
    assertThat(render(Evaluations.good())).doesNotContain("Planted secrets");
  }

  private static Evaluation evaluation() {
    Evaluation good = Evaluations.good();
    return new Evaluation(
        good.sampling(),
        good.rows(),
        good.base().with(List.of(judge(new Knowing("nothing")))),
        good.tuned().with(List.of(judge(new Knowing("481205")))));
  }

  private static SuiteResult judge(ServedModel served) {
    List<Canary.Probe> probes = List.of(new Canary.Probe(null, "Which?", "It is {secret}."));
    List<Canary> canaries =
        List.of(
            new Canary("learnt", "code", "481205", "######", null, probes),
            new Canary("unseen", "phrase", "990121", "######", null, probes));
    return new Canaries(canaries, (context, message) -> message, 64)
        .judge(served, JudgeMonitor.none());
  }

  private static String render(Evaluation evaluation) {
    RunFacts facts =
        new RunFacts(
            "m",
            List.of("SFT"),
            "d",
            "v",
            new TreeMap<>(Map.of("train", 1L)),
            new TreeMap<>(),
            new TreeMap<>(),
            "");
    return new Report(1)
        .render(facts, evaluation, VERDICT, Training.of(TrainingLog.none()), Optional.empty());
  }
}
