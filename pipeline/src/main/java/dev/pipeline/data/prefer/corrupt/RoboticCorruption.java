package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Phrases;
import java.util.SplittableRandom;

/** Two or three set phrases in place of the acknowledgement and its ground. */
final class RoboticCorruption implements Corruption {
  private final Phrases phrases = Phrases.of("robotic");

  @Override
  public FailureMode mode() {
    return FailureMode.ROBOTIC;
  }

  @Override
  public String rationale() {
    return "Set phrases that would answer any message; nothing of this one was taken up.";
  }

  @Override
  public String spoil(Answer answer, Answer stranger, SplittableRandom random) {
    String set = String.join(" ", phrases.draw(random, random.nextInt(2, 4)));
    return set + " " + answer.request();
  }
}
