package dev.pipeline.evaluate;

import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.lint.TokenCounter;
import dev.pipeline.data.redact.Identities;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.evaluate.metric.Finding;
import java.util.Collection;
import java.util.List;

/**
 * Holds answers to what shaped the training data: the same style rules, the same redactors. A
 * finding names the kind of a leak but never repeats it, as findings end up in reports.
 */
public final class HouseInspections {
  /** The shortest run of training words that counts as a copy: about a sentence and a half. */
  public static final int COPIED_WORDS = 25;

  private static final String INTERNALS = "internals";

  private HouseInspections() {}

  /**
   * The inspections of every evaluation.
   *
   * @param tokens counts as the base model's tokenizer does
   * @param trainingAnswers what the model was trained to say
   */
  public static Inspections of(TokenCounter tokens, Collection<String> trainingAnswers) {
    Inspector style = style(tokens);
    Inspector internals =
        answer -> style.inspect(answer).stream().filter(f -> f.rule().equals(INTERNALS)).toList();
    return new Inspections(
        style,
        Inspector.all(List.of(identifiers(), internals)),
        new VerbatimRuns(trainingAnswers, COPIED_WORDS));
  }

  private static Inspector style(TokenCounter tokens) {
    StyleRules rules = StyleRules.standard();
    return answer ->
        rules.check(answer, tokens).stream()
            .map(finding -> new Finding(finding.rule(), finding.detail()))
            .toList();
  }

  private static Inspector identifiers() {
    Redactors redactors = Redactors.formalOnly();
    return answer ->
        redactors.find(answer, Identities.none()).stream()
            .map(span -> span.kind().word())
            .map(kind -> new Finding(kind, "holds a " + kind))
            .toList();
  }
}
