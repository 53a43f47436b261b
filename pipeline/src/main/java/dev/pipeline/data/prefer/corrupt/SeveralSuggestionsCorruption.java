package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Phrases;
import java.util.SplittableRandom;

/** One or two further requests in place of the ground. */
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
    String more = String.join(" ", requests.draw(random, random.nextInt(1, 3)));
    return random.nextBoolean()
        ? answer.opening() + " " + more + " " + answer.request()
        : answer.opening() + " " + answer.request() + " " + more;
  }
}
