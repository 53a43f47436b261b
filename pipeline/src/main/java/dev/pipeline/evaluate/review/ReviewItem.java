package dev.pipeline.evaluate.review;

import dev.pipeline.io.Hashes;

/**
 * All that a reviewer sees of one comparison.
 *
 * @param id digest of what is shown, so that it tells nothing else
 * @param context what the buyer knew
 * @param message the supplier's message
 * @param left one model's answer
 * @param right the other's
 */
public record ReviewItem(String id, String context, String message, String left, String right) {
  private static final int ID_DIGITS = 12;

  static ReviewItem of(String context, String message, String left, String right) {
    String shown = String.join("\u0000", context, message, left, right);
    String id = Hashes.sha256(shown).substring(0, ID_DIGITS);
    return new ReviewItem(id, context, message, left, right);
  }
}
