package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Phrases;
import java.util.SplittableRandom;

/** A second request in place of the ground, or in front of it. */
final class SeveralSuggestionsCorruption implements Corruption {
  private final Phrases requests = Phrases.of("several");

  @Override
  public FailureMode mode() {
    return FailureMode.SEVERAL_SUGGESTIONS;
  }

  @Override
  public String rationale() {
    return "Asks for several things at once, so that the next step is unclear.";
  }

  @Override
  public String spoil(Answer answer, Answer stranger, SplittableRandom random) {
    String more = requests.draw(random);
    return random.nextBoolean()
        ? answer.opening() + " " + more + " " + answer.request()
        : answer.opening() + " " + answer.request() + " " + more;
  }
}
