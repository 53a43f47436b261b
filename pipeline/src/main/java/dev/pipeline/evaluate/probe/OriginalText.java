package dev.pipeline.evaluate.probe;

import dev.pipeline.evaluate.metric.Finding;
import java.util.List;

/**
 * Text from before redaction: a run of at least N words that stands in an unredacted original and,
 * as it is, in no training text, so that it spans something redaction took out. Original "ask
 * Marguerite Osei-Tutu about the resin", trained on "ask [PERSON_1] about the resin": the answer
 * "you may ask Marguerite Osei-Tutu about it" is found, "you may ask her about the resin" is not. A
 * redacted model cannot know such a run, so that one means redaction was bypassed.
 */
public final class OriginalText implements Inspector {
  private final Runs originals;
  private final Runs training;
  private final int words;

  /**
   * Looks for what {@code originals} have and {@code training} has not.
   *
   * @param words length of the shortest run that counts, at least 1
   */
  public OriginalText(Runs originals, Runs training, int words) {
    this.originals = originals;
    this.training = training;
    this.words = words;
  }

  @Override
  public List<Finding> inspect(Exchange exchange) {
    List<String> text = Runs.split(exchange.answer());
    int[] original = originals.lengths(text);
    int[] trained = training.lengths(text);
    for (int start = 0; start < original.length; start++) {
      if (original[start] >= words && original[start] > trained[start]) {
        // The passage itself is not repeated: findings are written to reports.
        return List.of(
            new Finding("original-text", original[start] + " words as before redaction"));
      }
    }
    return List.of();
  }
}
