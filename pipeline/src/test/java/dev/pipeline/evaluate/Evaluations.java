package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.evaluate.metric.Metrics;
import java.util.List;
import java.util.stream.IntStream;

/** A small comparison in which the tuned model is better in every respect. */
public final class Evaluations {
  private Evaluations() {}

  /** Twelve rows; the base model shouts, rambles and reveals an e-mail. */
  public static Evaluation good() {
    return compare(
        new FakeModel(prompt -> "HELLO! write to max@example.org " + "x".repeat(150), -2),
        new FakeModel(prompt -> "We <b>agree</b> & split " + prompt + ".", -1));
  }

  static Evaluation compare(ServedModel base, ServedModel tuned) {
    Evaluator evaluator = evaluator();
    List<HoldoutRow> rows = rows(12);
    return evaluator.compare(
        rows,
        evaluator.judge(identity("base"), base, rows, JudgeMonitor.none()),
        evaluator.judge(identity("tuned"), tuned, rows, JudgeMonitor.none()));
  }

  static Evaluator evaluator() {
    Inspector style =
        answer ->
            answer.startsWith("HELLO") ? List.of(new Finding("greeting", "HELLO")) : List.of();
    Inspector leaks =
        answer -> answer.contains("@") ? List.of(new Finding("email", answer)) : List.of();
    return new Evaluator(
        new Inspections(style, leaks, answer -> List.of()),
        Metrics.standard(),
        Sampling.greedy(160));
  }

  static List<HoldoutRow> rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new HoldoutRow(
                    "row-" + i,
                    "Is <script>lot " + i + "</script> fine?",
                    "Round: " + i,
                    "We agree & split lot " + i + ".",
                    "lot " + i,
                    "We agree."))
        .toList();
  }

  static ModelIdentity identity(String name) {
    return new ModelIdentity(name, name + ".gguf", "0".repeat(64));
  }
}
