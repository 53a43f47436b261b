package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Phrases;
import java.util.SplittableRandom;

/** A greeting in front, a closing behind, or both. */
final class GreetingCorruption implements Corruption {
  private static final int WAYS = 3;

  private final Phrases greetings = Phrases.of("greetings");
  private final Phrases closings = Phrases.of("closings");

  @Override
  public FailureMode mode() {
    return FailureMode.GREETING;
  }

  @Override
  public String rationale() {
    return "The channel greets and signs by itself.";
  }

  @Override
  public String spoil(Answer answer, Answer stranger, SplittableRandom random) {
    int way = random.nextInt(WAYS);
    String opening = way == 0 ? "" : greetings.draw(random) + "\n";
    String closing = way == 1 ? "" : "\n" + closings.draw(random);
    return opening + answer + closing;
  }
}
