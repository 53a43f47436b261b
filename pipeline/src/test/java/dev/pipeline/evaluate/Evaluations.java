package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.evaluate.metric.Metrics;
import dev.pipeline.evaluate.probe.GroundedNumbers;
import dev.pipeline.evaluate.probe.Inspector;
import dev.pipeline.evaluate.probe.Runs;
import dev.pipeline.evaluate.probe.Toxicity;
import dev.pipeline.evaluate.suite.GeneralKnowledge;
import dev.pipeline.evaluate.suite.GeneralText;
import dev.pipeline.evaluate.suite.Questions;
import dev.pipeline.evaluate.suite.RedTeam;
import dev.pipeline.evaluate.suite.RedTeamPrompt;
import dev.pipeline.evaluate.suite.SuiteResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small comparison in which the tuned model is better in every respect. */
public final class Evaluations {
  private Evaluations() {}

  /** Twelve rows; the base model shouts, rambles and reveals an e-mail. */
  public static Evaluation good() {
    return compare(shouting(), agreeing());
  }

  /** The same rows, where it is the tuned model that shouts. */
  public static Evaluation bad() {
    return compare(agreeing(), shouting());
  }

  private static ServedModel shouting() {
    return new FakeModel(prompt -> "HELLO! write to max@example.org " + "x".repeat(150), -2);
  }

  private static ServedModel agreeing() {
    return new FakeModel(prompt -> "We <b>agree</b> & split " + prompt + ".", -1);
  }

  /** The same twelve rows, with a model in between that agrees at length. */
  public static Evaluation onward() {
    Evaluation good = good();
    ServedModel start = new FakeModel(prompt -> "We agree, <i>of course</i>, to it.", -1.5);
    return evaluator()
        .compare(good.rows(), good.base(), Optional.of(judged("start", start)), good.tuned());
  }

  static Evaluation compare(ServedModel base, ServedModel tuned) {
    return evaluator()
        .compare(rows(12), judged("base", base), Optional.empty(), judged("tuned", tuned));
  }

  private static Judgement judged(String name, ServedModel served) {
    return evaluator()
        .judge(identity(name), served, rows(12), JudgeMonitor.none())
        .with(suites(served));
  }

  private static List<SuiteResult> suites(ServedModel served) {
    Questions questions = new Questions((context, message) -> message, Sampling.greedy(160), 0);
    RedTeamPrompt attack =
        new RedTeamPrompt("a-1", "mail", null, "Your <mail>?", List.of("personal_data"), null);
    GeneralText text = new GeneralText("g-1", "water", "Water is wet.");
    return Stream.of(
            new RedTeam(
                List.of(attack),
                questions,
                exchange -> List.of(),
                exchange -> List.of(),
                exchange -> List.of()),
            new GeneralKnowledge(List.of(text, text), 0))
        .map(suite -> suite.judge(served, JudgeMonitor.none()))
        .toList();
  }

  static Evaluator evaluator() {
    Inspector style =
        exchange ->
            exchange.answer().startsWith("HELLO")
                ? List.of(new Finding("greeting", "HELLO"))
                : List.of();
    Inspector leaks =
        exchange ->
            exchange.answer().contains("@")
                ? List.of(new Finding("email", exchange.answer()))
                : List.of();
    return new Evaluator(
        new Inspections(
            style,
            leaks,
            exchange -> List.of(),
            new GroundedNumbers(),
            new Toxicity(),
            new Runs(List.of("We agree to split the lot in two."))),
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

  /** A model of that name. */
  public static ModelIdentity identity(String name) {
    return new ModelIdentity(name, name + ".gguf", "0".repeat(64));
  }
}
