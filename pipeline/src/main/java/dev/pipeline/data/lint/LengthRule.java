package dev.pipeline.data.lint;

import dev.pipeline.data.text.Words;
import java.util.Optional;

/** Long answers lose a frustrated reader, and one-liners acknowledge nothing. */
final class LengthRule implements LintRule {
  private static final int FEWEST_WORDS = 8;
  private static final int MOST_WORDS = 110;

  @Override
  public String name() {
    return "length";
  }

  @Override
  public Optional<String> check(String answer, TokenCounter tokens) {
    int words = Words.of(answer).size();
    if (words < FEWEST_WORDS) {
      return Optional.of(words + " words; at least " + FEWEST_WORDS + " are needed");
    }
    if (words > MOST_WORDS) {
      return Optional.of(words + " words; at most " + MOST_WORDS + " are allowed");
    }
    return Optional.empty();
  }
}
