package dev.pipeline.evaluate.drift;

import dev.pipeline.data.text.Words;
import java.util.List;

/** Long enough to say something, short enough to be read. */
final class KeepsItShort implements RubricRule {
  private static final int FEWEST = 8;
  private static final int MOST = 80;

  @Override
  public String name() {
    return "keeps_it_short";
  }

  @Override
  public String sentence() {
    return "The answer has 8 to 80 words.";
  }

  /** Falls with the words that are missing, or with those beyond. */
  @Override
  public double score(String answer) {
    int words = Words.of(answer).size();
    if (words < FEWEST) {
      return (double) words / FEWEST;
    }
    return words <= MOST ? 1 : Math.max(0, 1 - (double) (words - MOST) / MOST);
  }

  @Override
  public List<Example> examples() {
    return List.of(
        Example.pass("I see why that stings. Could you send me the log?"),
        Example.fail("Noted. Send it."),
        Example.fail("and so on ".repeat(50)),
        Example.fail(""));
  }
}
