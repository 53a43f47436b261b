package dev.pipeline.data.prefer.tag;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.text.Sentences;
import dev.pipeline.data.text.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** After its first sentence it shares no longer word with the message, the asks or the answer. */
final class IgnoresAskTag implements FailureRule {
  /** Shorter words say little about a topic, and a stem of so many letters joins its forms. */
  private static final int STEM = 5;

  /** Stems of longer words that stand in any message. */
  private static final Set<String> COMMON =
      Set.of(
          "about", "after", "again", "anyth", "befor", "being", "could", "every", "first", "might",
          "never", "nobod", "other", "shall", "since", "still", "thank", "their", "there", "these",
          "thing", "think", "those", "today", "under", "until", "where", "wheth", "which", "while",
          "witho", "would", "yours");

  @Override
  public FailureMode mode() {
    return FailureMode.IGNORES_ASK;
  }

  @Override
  public Optional<String> check(Candidate candidate) {
    List<String> sentences = Sentences.of(candidate.answer());
    Set<String> said = stems(sentences.stream().skip(1).collect(Collectors.joining(" ")));
    said.retainAll(stems(candidate.given()));
    return said.isEmpty()
        ? Optional.of("Passes over what the supplier waits for.")
        : Optional.empty();
  }

  private static Set<String> stems(String text) {
    Set<String> stems = new HashSet<>();
    for (String word : Words.of(text)) {
      if (word.length() >= STEM && !COMMON.contains(word.substring(0, STEM))) {
        stems.add(word.substring(0, STEM));
      }
    }
    return stems;
  }
}
