package dev.pipeline.data.lint;

import dev.pipeline.data.text.Sentences;
import dev.pipeline.data.text.WordList;
import dev.pipeline.data.text.Words;
import java.util.List;
import java.util.Optional;

/**
 * The first sentence acknowledges how the supplier feels, in at most {@value #MOST_TOKENS} tokens:
 * it holds a word or phrase of the shipped list of empathy markers and asks for nothing.
 */
final class AcknowledgementFirstRule implements LintRule {
  static final int MOST_TOKENS = 20;

  private static final List<String> MARKERS =
      WordList.entries(AcknowledgementFirstRule.class, "empathy-markers.txt").stream()
          .map(Words::fold)
          .toList();

  @Override
  public String name() {
    return "acknowledgement-first";
  }

  @Override
  public Optional<String> check(String answer, TokenCounter tokens) {
    List<String> sentences = Sentences.of(answer);
    if (sentences.isEmpty()) {
      return Optional.of("no sentence");
    }
    String first = sentences.get(0);
    int length = tokens.count(first);
    if (length > MOST_TOKENS) {
      return Optional.of(
          "the first sentence has " + length + " tokens; at most " + MOST_TOKENS + " are allowed");
    }
    if (Suggestions.count(first) > 0) {
      return Optional.of("the first sentence already asks for something");
    }
    return acknowledges(first)
        ? Optional.empty()
        : Optional.of("the first sentence acknowledges nothing");
  }

  private static boolean acknowledges(String sentence) {
    String words = " " + String.join(" ", Words.of(sentence)) + " ";
    return MARKERS.stream()
        .anyMatch(
            marker ->
                marker.endsWith("*")
                    ? words.contains(" " + marker.substring(0, marker.length() - 1))
                    : words.contains(" " + marker + " "));
  }
}
