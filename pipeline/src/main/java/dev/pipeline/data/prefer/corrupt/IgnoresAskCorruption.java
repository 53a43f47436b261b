package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.FailureMode;
import java.util.SplittableRandom;

/** Goes on about another matter after the acknowledgement. */
final class IgnoresAskCorruption implements Corruption {

  @Override
  public FailureMode mode() {
    return FailureMode.IGNORES_ASK;
  }

  @Override
  public String rationale() {
    return "Turns to a matter the supplier has not raised and passes over the ask.";
  }

  @Override
  public String spoil(Answer answer, Answer stranger, SplittableRandom random) {
    return answer.opening() + " " + stranger.ground() + " " + stranger.request();
  }
}
