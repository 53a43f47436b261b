package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.Evaluations;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class GateCommandTest {
  @TempDir Path folder;
  private Path run;

  @BeforeEach
  void evaluateOnce() throws IOException {
    Files.writeString(
        folder.resolve("all.yaml"), "model:\n  model_name: buyer\n  output_dir: " + folder + "\n");
    run = folder.resolve("buyer/runs/0123456789abcdef");
    EvaluationFiles.write(run, Evaluations.good());
    bounds("length_p90:\n  below: 160\nleak_rate:\n  at_most: 0\n");
  }

  @Test
  void aRunThatKeepsItsBoundsEndsWithZero() throws Exception {
    Typed typed = gate();
    assertThat(typed.status()).as(typed.err()).isZero();
    assertThat(typed.out())
        .contains("ok    Leak rate")
        .contains("gate passed for run 0123456789")
        .endsWith("for CI: %s and %s\n".formatted(run.resolve("gate.xml"), run.resolve("gate.md")));
    assertThat(run.resolve("gate.md")).content().startsWith("## Gate passed: 0123456789abcdef\n");
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(run.resolve("gate.xml").toFile())
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("2");
    assertThat(suite.getAttribute("failures")).isEqualTo("0");
    assertThat(suite.getElementsByTagName("testcase").getLength()).isEqualTo(2);
  }

  @Test
  void aBrokenBoundEndsWithOneAndIsAFailedTestCase() throws Exception {
    bounds("length_p90:\n  below: 10\nleak_rate:\n  at_most: 0\n");
    Path junit = folder.resolve("ci/junit.xml");
    Path markdown = folder.resolve("ci/page.md");
    Typed typed = gate("--junit", junit.toString(), "--markdown", markdown.toString());
    assertThat(typed.status()).isEqualTo(1);
    assertThat(junit).content().contains("failures=\"1\"", "<failure message=\"Length P90");
    assertThat(markdown).content().contains("## Gate failed", "✗ **fails**");
    assertThat(run.resolve("gate.md")).doesNotExist();
  }

  @Test
  void theBaseItselfCanBeHeldToTheBounds() throws IOException {
    bounds("length_p90:\n  gain: 1\n");
    assertThat(gate().status()).isZero();
    Typed typed = gate("--base");
    assertThat(typed.status()).as(typed.err()).isEqualTo(1);
    assertThat(typed.out()).contains("gate FAILED for the base of 0123456789abcdef");
    assertThat(run.resolve("gate-base.xml")).content().contains("failures=\"1\"");
    assertThat(run.resolve("gate.md")).content().startsWith("## Gate passed");
  }

  @Test
  void aMetricThatWasNotMeasuredFails() throws IOException {
    bounds("canary_exposure:\n  at_most: 3\n");
    Typed typed = gate("--json");
    assertThat(typed.status()).isEqualTo(1);
    assertThat(typed.out()).contains("\"pass\" : false", "\"measured\" : null");
  }

  @Test
  void regressionsAreJudgedAgainstTheBaseline() throws IOException {
    bounds("leak_rate:\n  regression: 0\n");
    assertThat(gate().status()).isEqualTo(2);
    Path before = folder.resolve("buyer/runs/fedcba9876543210");
    EvaluationFiles.write(before, Evaluations.good());
    assertThat(gate("--run", "0123", "--baseline", "fedc").status()).isZero();
  }

  @Test
  void regressionsAreJudgedAgainstWhatTrainingStartedFrom() throws IOException {
    EvaluationFiles.write(run, Evaluations.onward());
    bounds("length_p90:\n  regression: 0\n");
    Typed typed = gate();
    assertThat(typed.status()).as(typed.err()).isZero();
    assertThat(typed.out()).contains("ok    Length P90 against SFT: ");
    assertThat(run.resolve("gate.md"))
        .content()
        .contains("Regressions are measured against SFT, the model it was trained from, 0000");
  }

  @Test
  void boundsThatBoundNothingAreRefused() throws IOException {
    assertThat(gate("--baseline", "0123").err()).contains("would be its own baseline");
    bounds("copy_rate:\n  at_most: 0.02\nleak_rate:\n  at_most:\n");
    assertThat(gate().err()).contains("leak_rate.at_most has no value");
    bounds("leak_rate:\n  at_most: 50\n");
    assertThat(gate().err()).contains("leak_rate.at_most is 50.0, which no share reaches");
    bounds("length_p90:\n  at_most: 1e999\n");
    assertThat(gate().err()).contains("at_most wants a number");
    assertThat(gate().status()).isEqualTo(2);
  }

  @Test
  void anEvaluationThatIsNotWhatTheRunWroteEndsWithThree() throws IOException {
    Path evaluation = run.resolve(EvaluationFiles.EVALUATION);
    Files.writeString(
        run.resolve("manifest.json"),
        Json.pretty(
            Map.of(
                "job",
                "evaluate",
                "key",
                "0123456789abcdef",
                "summary",
                "",
                "outputs",
                Map.of(
                    "evaluation",
                    Map.of("path", evaluation.toString(), "sha256", Hashes.sha256(evaluation))))));
    assertThat(gate().status()).isZero();
    Files.writeString(
        evaluation, Files.readString(evaluation).replace("\"value\" : ", "\"value\" :  "));
    Typed typed = gate();
    assertThat(typed.status()).isEqualTo(3);
    assertThat(typed.err()).contains("is not what the run wrote");
  }

  @Test
  void wrongWordsAndBoundsEndWithTwo() throws IOException {
    assertThat(gate("--run", "ffff").status()).isEqualTo(2);
    assertThat(gate("--nonsense").status()).isEqualTo(2);
    bounds("leek_rate:\n  at_most: 0\n");
    assertThat(gate().err()).contains("did you mean \"leak_rate\"?");
    assertThat(gate().status()).isEqualTo(2);
  }

  @Test
  void aDamagedEvaluationEndsWithThree() throws IOException {
    Files.writeString(run.resolve(EvaluationFiles.SUITES), "{}\n");
    Typed typed = gate();
    assertThat(typed.status()).isEqualTo(3);
    assertThat(typed.err()).contains("suites.jsonl");
  }

  private void bounds(String text) throws IOException {
    Files.writeString(folder.resolve("gate.yaml"), text);
  }

  private Typed gate(String... more) {
    String[] all = new String[more.length + 5];
    System.arraycopy(
        new String[] {
          "gate",
          "--config",
          folder.resolve("gate.yaml").toString(),
          "--settings",
          folder.resolve("all.yaml").toString()
        },
        0,
        all,
        0,
        5);
    System.arraycopy(more, 0, all, 5, more.length);
    return Typed.run(all);
  }
}
