package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Phrases;
import java.util.SplittableRandom;

/** A curt sentence in place of the acknowledgement. */
final class ColdCorruption implements Corruption {
  private final Phrases openings = Phrases.of("cold");

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
    return openings.draw(random) + " " + answer.ground() + " " + answer.request();
  }
}
