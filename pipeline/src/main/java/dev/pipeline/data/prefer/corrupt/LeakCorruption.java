package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Phrases;
import java.util.SplittableRandom;

/** A sentence about limits or tools in place of the ground. */
final class LeakCorruption implements Corruption {
  private final Phrases leaks = Phrases.of("leaks");
  private final Padding padding = new Padding();

  @Override
  public FailureMode mode() {
    return FailureMode.LEAKS_INTERNALS;
  }

  @Override
  public String rationale() {
    return "Tells the supplier about limits, tools or targets of the house.";
  }

  @Override
  public String spoil(Answer answer, Answer stranger, SplittableRandom random) {
    String leak = padding.like(answer.ground(), leaks.draw(random), random);
    return answer.opening() + " " + leak + " " + answer.request();
  }
}
