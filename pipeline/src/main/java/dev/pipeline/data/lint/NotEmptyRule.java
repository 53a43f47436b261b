package dev.pipeline.data.lint;

import java.util.Optional;

/** An answer has words. */
final class NotEmptyRule implements LintRule {
  static final String NAME = "empty-answer";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> check(String answer, TokenCounter tokens) {
    return answer.chars().anyMatch(Character::isLetter)
        ? Optional.empty()
        : Optional.of("the answer is empty");
  }
}
