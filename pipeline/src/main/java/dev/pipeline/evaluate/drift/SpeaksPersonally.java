package dev.pipeline.evaluate.drift;

import dev.pipeline.data.text.Sentences;
import dev.pipeline.data.text.WordList;
import dev.pipeline.data.text.Words;
import java.util.List;
import java.util.Set;

/** A person talks to a person: to "you", as "I" or "we". */
final class SpeaksPersonally implements RubricRule {
  private static final Set<String> PERSONS = WordList.folded(SpeaksPersonally.class, "persons.txt");

  @Override
  public String name() {
    return "speaks_personally";
  }

  @Override
  public String sentence() {
    return "Half of the sentences or more speak of you, me or us.";
  }

  /** Twice the share of such sentences, at most 1. */
  @Override
  public double score(String answer) {
    List<String> sentences = Sentences.of(answer);
    if (sentences.isEmpty()) {
      return 0;
    }
    long personal =
        sentences.stream()
            .filter(sentence -> Words.of(sentence).stream().anyMatch(SpeaksPersonally::isPerson))
            .count();
    return Math.min(1, 2.0 * personal / sentences.size());
  }

  /** Also in you're and I'll. */
  private static boolean isPerson(String word) {
    return PERSONS.contains(word.replaceFirst("['’].*", ""));
  }

  @Override
  public List<Example> examples() {
    return List.of(
        Example.pass("I see why that stings. The log tells more. Could you send it?"),
        Example.pass("You're right, that is hard. The rest can wait."),
        Example.fail("The matter is understood. The log is requested."),
        Example.fail("That stings. The log tells more. The rest can wait. I see it."),
        Example.fail(""));
  }
}
