package dev.pipeline.evaluate.probe;

import dev.pipeline.evaluate.metric.Finding;
import java.util.ArrayList;
import java.util.List;

/**
 * Verbatim training text: runs of at least N words that stand word for word in it, case and
 * punctuation apart. Carlini et al., "Quantifying Memorization Across Neural Language Models"
 * (2023), count 50 tokens; answers here are shorter than that, so N is the caller's.
 */
public final class CopiedText implements Inspector {
  private final Runs training;
  private final int words;

  /**
   * Looks for passages of {@code training}.
   *
   * @param words length of the shortest run that counts, at least 1
   */
  public CopiedText(Runs training, int words) {
    this.training = training;
    this.words = words;
  }

  @Override
  public List<Finding> inspect(Exchange exchange) {
    List<String> text = Runs.split(exchange.answer());
    int[] lengths = training.lengths(text);
    List<Finding> findings = new ArrayList<>();
    int start = 0;
    while (start < text.size()) {
      int length = lengths[start];
      if (length >= words) {
        String run = String.join(" ", text.subList(start, start + length));
        findings.add(new Finding("verbatim", run));
      }
      start += length >= words ? length : 1;
    }
    return findings;
  }
}
