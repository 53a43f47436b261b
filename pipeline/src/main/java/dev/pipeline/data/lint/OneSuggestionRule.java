package dev.pipeline.data.lint;

import java.util.Optional;

/** Exactly one next step: none leaves the supplier waiting, two blur what is wanted. */
final class OneSuggestionRule implements LintRule {
  @Override
  public String name() {
    return "one-suggestion";
  }

  @Override
  public Optional<String> check(String answer, TokenCounter tokens) {
    int suggestions = Suggestions.count(answer);
    return suggestions == 1
        ? Optional.empty()
        : Optional.of(suggestions + " requests or suggestions; exactly 1 is wanted");
  }
}
