package dev.pipeline.data.prefer.tag;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.text.Words;
import java.util.Optional;

/** Half as long again as a good answer, and more than a supplier reads. */
final class VerboseTag implements FailureRule {
  private static final double LONGER = 1.5;
  private static final int FEWEST_WORDS = 50;

  @Override
  public FailureMode mode() {
    return FailureMode.VERBOSE;
  }

  @Override
  public Optional<String> check(Candidate candidate) {
    int words = Words.of(candidate.answer()).size();
    int enough = Words.of(candidate.better()).size();
    return words >= FEWEST_WORDS && words >= LONGER * enough
        ? Optional.of("Takes " + words + " words for what " + enough + " can say.")
        : Optional.empty();
  }
}
