package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Phrases;
import java.util.SplittableRandom;

/** An invented figure in place of the ground. */
final class UngroundedNumberCorruption implements Corruption {
  private final Phrases figures = Phrases.of("ungrounded");
  private final Padding padding = new Padding();

  @Override
  public FailureMode mode() {
    return FailureMode.UNGROUNDED_NUMBER;
  }

  @Override
  public String rationale() {
    return "Rests the request on a figure that nobody has given.";
  }

  @Override
  public String spoil(Answer answer, Answer stranger, SplittableRandom random) {
    String claim =
        figures
            .draw(random)
            .replace("{percent}", number(random, 3, 38))
            .replace("{days}", number(random, 11, 97))
            .replace("{weeks}", number(random, 3, 19))
            .replace("{count}", number(random, 41, 980));
    String like = padding.like(answer.ground(), claim, random);
    return answer.opening() + " " + like + " " + answer.request();
  }

  private static String number(SplittableRandom random, int low, int high) {
    return String.valueOf(random.nextInt(low, high));
  }
}
