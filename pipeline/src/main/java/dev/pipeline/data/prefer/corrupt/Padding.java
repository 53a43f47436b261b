package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.Phrases;
import java.util.SplittableRandom;

/**
 * Brings a phrase to about the length of what it replaces, so that a failure cannot be told by its
 * length.
 */
final class Padding {
  private static final int TRIES = 4;

  private final Phrases tails = Phrases.of("tails");

  /** {@code sentence}, which ends with a full stop, perhaps with a tail that says nothing. */
  String like(String replaced, String sentence, SplittableRandom random) {
    String best = sentence;
    for (int i = 0; i < TRIES; i++) {
      String tail = ", " + tails.draw(random) + ".";
      String longer = sentence.substring(0, sentence.length() - 1) + tail;
      if (apart(replaced, longer) < apart(replaced, best)) {
        best = longer;
      }
    }
    return best;
  }

  private static int apart(String one, String other) {
    return Math.abs(one.length() - other.length());
  }
}
