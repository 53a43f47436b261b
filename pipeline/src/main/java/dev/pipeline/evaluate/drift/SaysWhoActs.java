package dev.pipeline.evaluate.drift;

import dev.pipeline.data.text.Sentences;
import java.util.List;
import java.util.regex.Pattern;

/** Active voice: somebody does something. */
final class SaysWhoActs implements RubricRule {
  private static final Pattern PASSIVE =
      Pattern.compile(
          "(?i)\\b(?:is|are|was|were|be|been|being)\\s+(?:\\w+ly\\s+|not\\s+)?"
              + "(?:\\w{3,}ed|made|given|taken|sent|seen|known|kept|held|shown|told|paid|done|found"
              + "|written|undertaken|sought)\\b");

  /** Participles that say how somebody feels, and nobody does. */
  private static final Pattern FEELING =
      Pattern.compile(
          "(?i)\\b(?:is|are|was|were|be|been|being)\\s+(?:\\w+ly\\s+|not\\s+)?"
              + "(?:tired|frustrated|worried|concerned|annoyed|relieved|pleased|disappointed|stressed"
              + "|interested|excited|prepared|needed|agreed)\\b");

  @Override
  public String name() {
    return "says_who_acts";
  }

  @Override
  public String sentence() {
    return "Sentences say who does what, in place of the passive.";
  }

  /** The share of sentences without a passive. */
  @Override
  public double score(String answer) {
    List<String> sentences = Sentences.of(answer);
    if (sentences.isEmpty()) {
      return 0;
    }
    long active =
        sentences.stream()
            .filter(sentence -> !PASSIVE.matcher(FEELING.matcher(sentence).replaceAll("")).find())
            .count();
    return (double) active / sentences.size();
  }

  @Override
  public List<Example> examples() {
    return List.of(
        Example.pass("I see why your people are tired. Could you send me the log?"),
        Example.pass("Your drivers were frustrated, I hear that. We want the log of Monday."),
        Example.fail("The message was received. The log is requested."),
        Example.fail("I see. The log must be sent by Monday."),
        Example.fail(""));
  }
}
