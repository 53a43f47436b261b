package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Phrases;
import java.util.SplittableRandom;

/** The same answer among sentences that add nothing. */
final class VerboseCorruption implements Corruption {
  private final Phrases filler = Phrases.of("filler");

  @Override
  public FailureMode mode() {
    return FailureMode.VERBOSE;
  }

  @Override
  public String rationale() {
    return "Says the same in several times the words; the request drowns.";
  }

  @Override
  public String spoil(Answer answer, Answer stranger, SplittableRandom random) {
    String padding = String.join(" ", filler.draw(random, 2));
    return answer.opening() + " " + padding + " " + answer.ground() + " " + answer.request();
  }
}
