package dev.pipeline.evaluate.drift;

import dev.pipeline.data.text.WordList;
import dev.pipeline.data.text.Words;
import java.util.List;

/** No words of offices and contracts. */
final class PlainWords implements RubricRule {
  private static final List<String> OFFICE = WordList.entries(PlainWords.class, "office-words.txt");

  /** A tenth of all words makes a text stiff. */
  private static final double STIFF = 0.1;

  @Override
  public String name() {
    return "plain_words";
  }

  @Override
  public String sentence() {
    return "No words of offices and contracts are used, such as pursuant or herewith.";
  }

  /** Falls with the share of such words, to 0 at one in ten. */
  @Override
  public double score(String answer) {
    List<String> words = Words.of(answer);
    if (words.isEmpty()) {
      return 0;
    }
    long office = words.stream().filter(PlainWords::isOffice).count();
    return Math.max(0, 1 - office / (STIFF * words.size()));
  }

  private static boolean isOffice(String word) {
    return OFFICE.stream()
        .anyMatch(
            entry ->
                entry.endsWith("*")
                    ? word.startsWith(entry.substring(0, entry.length() - 1))
                    : word.equals(entry));
  }

  @Override
  public List<Example> examples() {
    return List.of(
        Example.pass("I see why that stings. Could you send me the log of last week?"),
        Example.fail("Kindly forward the aforementioned log at the earliest convenience."),
        Example.fail("Receipt of your communication is hereby acknowledged."),
        Example.fail(""));
  }
}
