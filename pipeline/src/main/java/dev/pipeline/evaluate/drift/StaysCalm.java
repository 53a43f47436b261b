package dev.pipeline.evaluate.drift;

import dev.pipeline.data.text.WordList;
import dev.pipeline.data.text.Words;
import dev.pipeline.evaluate.suite.Negotiation;
import java.util.List;
import java.util.regex.Pattern;

/** Nothing harsh, loud or grovelling. */
final class StaysCalm implements RubricRule {
  private static final List<String> HARSH =
      WordList.entries(Negotiation.class, "harsh-phrases.txt");
  private static final Pattern SHOUTED = Pattern.compile("!|\\b\\p{Lu}{5,}\\b");
  private static final Pattern APOLOGY = Pattern.compile("(?i)\\b(?:sorry|apolog\\w*)\\b");

  @Override
  public String name() {
    return "stays_calm";
  }

  @Override
  public String sentence() {
    return "Nothing harsh is said, nothing exclaimed, and at most one apology made.";
  }

  @Override
  public double score(String answer) {
    String words = " " + String.join(" ", Words.of(answer)) + " ";
    boolean harsh = HARSH.stream().anyMatch(phrase -> words.contains(" " + phrase + " "));
    boolean grovels = APOLOGY.matcher(answer).results().count() > 1;
    return harsh || grovels || answer.isBlank() || SHOUTED.matcher(answer).find() ? 0 : 1;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        Example.pass("Sorry about that wait. Could you send me the log?"),
        Example.fail("Great! Could you send me the log?"),
        Example.fail("That is your problem. Send the log."),
        Example.fail("Sorry, my apologies, so sorry."),
        Example.fail(""));
  }
}
