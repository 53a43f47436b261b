package dev.pipeline.data.lint;

import dev.pipeline.data.redact.Redactors;
import java.util.ArrayList;
import java.util.List;

/** The house style as a list of rules, in the order in which they are reported. */
public final class StyleRules {
  /** Version of the rules, part of every dataset's identity. */
  public static final String VERSION = "style-1";

  private static final LintRule INTERNALS = new NoInternalsRule();
  private static final LintRule GREETING = new NoGreetingRule();
  private static final LintRule ACKNOWLEDGEMENT = new AcknowledgementFirstRule();

  private final List<LintRule> rules;

  private StyleRules(List<LintRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** The rules a dataset and a generated answer must pass. */
  public static StyleRules standard() {
    List<LintRule> rules = new ArrayList<>(unredacted().rules);
    rules.add(new NoIdentifierRule(Redactors.formalOnly()));
    return new StyleRules(rules);
  }

  /** The rules of a control run, whose rows hold identifiers because nothing hid them. */
  public static StyleRules unredacted() {
    return new StyleRules(
        List.of(
            new NotEmptyRule(),
            new LengthRule(),
            GREETING,
            ACKNOWLEDGEMENT,
            new OneSuggestionRule(),
            INTERNALS));
  }

  /** Names of the rules, in order. */
  public List<String> names() {
    return rules.stream().map(LintRule::name).toList();
  }

  /** Whether {@code text} mentions tools, guardrails, limits or escalation. */
  public static boolean mentionsInternals(String text) {
    return INTERNALS.check(text, any -> 0).isPresent();
  }

  /** Whether {@code answer} opens with a greeting or ends with a closing. */
  public static boolean greets(String answer) {
    return GREETING.check(answer, any -> 0).isPresent();
  }

  /** Whether the first sentence of {@code answer} says that the supplier was heard. */
  public static boolean acknowledges(String answer) {
    return ACKNOWLEDGEMENT.check(answer, any -> 0).isEmpty();
  }

  /** What {@code text} says of tools, guardrails, limits or escalation. */
  public static List<String> internals(String text) {
    return NoInternalsRule.mentions(text);
  }

  /** Requests and suggestions in {@code text}; two in one sentence are two. */
  public static int suggestions(String text) {
    return Suggestions.count(text);
  }

  /** Everything that is wrong with {@code answer}; an empty list means it passes. */
  public List<Finding> check(String answer, TokenCounter tokens) {
    if (answer.isBlank()) {
      return List.of(new Finding(NotEmptyRule.NAME, "the answer is empty"));
    }
    List<Finding> findings = new ArrayList<>();
    for (LintRule rule : rules) {
      rule.check(answer, tokens)
          .ifPresent(detail -> findings.add(new Finding(rule.name(), detail)));
    }
    return findings;
  }
}
