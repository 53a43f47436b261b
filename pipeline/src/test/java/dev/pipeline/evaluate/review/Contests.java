package dev.pipeline.evaluate.review;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.HoldoutRow;
import dev.pipeline.evaluate.JudgedRow;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.ModelIdentity;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.metric.Answer;
import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.evaluate.metric.Findings;
import dev.pipeline.evaluate.metric.Likelihood;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Two made-up models whose every name would be noticed where it must not stand. */
public final class Contests {
  /** What only the key may hold. */
  public static final List<String> LABELS =
      List.of(
          "marigold", "basalt", "tuned", "candidate", "rival", "holdout-row", "deadbeef", "seed");

  private static final List<String> MOODS = List.of("frustrated", "cordial", "wary");
  private static final List<String> GOODS =
      List.of("cedar boards", "glass jars", "fish crates", "steel rods", "linen rolls");

  private Contests() {}

  /** An evaluation of {@code rows} rows; the tuned model says one thing, the base another. */
  public static Evaluation evaluation(int rows) {
    return evaluation(
        rows,
        i ->
            "Prices up twice in a quarter would try anyone's patience, and the %s matter to us. Could you send the invoice for lot %d so that we see what the mill charges?"
                .formatted(goods(i), i),
        i ->
            "Dear supplier, thank you for your message about %s. We have noted it. Please advise on lot %d at your earliest convenience, confirm the volumes, and share your best price."
                .formatted(goods(i), i));
  }

  static Evaluation evaluation(int rows, IntFunction<String> tuned, IntFunction<String> base) {
    return new Evaluation(
        Sampling.greedy(160),
        IntStream.range(0, rows).mapToObj(Contests::row).toList(),
        judgement("basalt", rows, base),
        judgement("marigold", rows, tuned));
  }

  static Contest contest(int rows) {
    return Contest.againstBase(evaluation(rows));
  }

  private static HoldoutRow row(int i) {
    String context =
        """
        Round: 2
        Supplier sentiment: %s
        Outstanding asks: price index; split delivery
        Earlier:
        Supplier: The mill raised us again in March, so lot %d cannot ship at the old price.
        Buyer: That comes at a hard time for you. Which share of it is energy?"""
            .formatted(MOODS.get(i % MOODS.size()), i);
    String message =
        "Energy is a third of it. I told you in spring that %s would go up, and nobody answered. Lot %d leaves on Friday or not at all."
            .formatted(goods(i), i);
    return new HoldoutRow("holdout-row-" + i, message, context, "reference", "prompt " + i, "none");
  }

  private static Judgement judgement(String name, int rows, IntFunction<String> answers) {
    List<JudgedRow> judged =
        IntStream.range(0, rows).mapToObj(i -> judged(answers.apply(i), i)).toList();
    ModelIdentity model =
        new ModelIdentity(name, name + ".gguf", ("deadbeef" + name.length()).repeat(8));
    List<HoldoutRow> asked = IntStream.range(0, rows).mapToObj(Contests::row).toList();
    return new Judgement(model, asked, new TreeMap<>(), judged, List.of());
  }

  private static JudgedRow judged(String answer, int i) {
    List<Finding> style =
        answer.startsWith("Dear") && i % 2 == 0
            ? List.of(new Finding("greeting", "opens with a greeting"))
            : List.of();
    return new JudgedRow(
        new Answer(answer, answer.split(" ").length, true),
        new Likelihood(1, 1),
        new Findings(style, List.of(), List.of(), List.of(), List.of(), 0));
  }

  private static String goods(int i) {
    return GOODS.get(i % GOODS.size()).toLowerCase(Locale.ROOT);
  }
}
