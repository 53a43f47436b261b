package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Phrases;
import java.util.SplittableRandom;

/** A curt sentence in place of the acknowledgement. */
final class ColdCorruption implements Corruption {
  private final Phrases openings = Phrases.of("cold");
  private final Padding padding = new Padding();

  @Override
  public FailureMode mode() {
    return FailureMode.COLD;
  }

  @Override
  public String rationale() {
    return "No word for how the supplier feels before the request.";
  }

  @Override
  public String spoil(Answer answer, Answer stranger, SplittableRandom random) {
    String opening = padding.like(answer.opening(), openings.draw(random), random);
    return opening + " " + answer.ground() + " " + answer.request();
  }
}
