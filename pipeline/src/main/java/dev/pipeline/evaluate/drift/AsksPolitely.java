package dev.pipeline.evaluate.drift;

import java.util.List;
import java.util.regex.Pattern;

/** A request is put to the other person. */
final class AsksPolitely implements RubricRule {
  private static final Pattern REQUEST =
      Pattern.compile(
          "(?i)\\b(?:(?:could|would|can|will|might) (?:you|we|i)|would it|may (?:i|we)|please|let us|let's"
              + "|shall we|how about|i suggest|we suggest|i propose)\\b");

  @Override
  public String name() {
    return "asks_politely";
  }

  @Override
  public String sentence() {
    return "A request or a suggestion is put to the supplier: could you, please, shall we.";
  }

  @Override
  public double score(String answer) {
    return REQUEST.matcher(answer).find() ? 1 : 0;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        Example.pass("I see why that stings. Could you send me the log?"),
        Example.pass("That is hard. Let us look at the log together."),
        Example.fail("The transmission of the log is requested."),
        Example.fail("That is hard. Send the log."),
        Example.fail(""));
  }
}
