package dev.pipeline.data.prefer.lint;

import dev.pipeline.data.prefer.RejectedPair;
import java.util.Optional;

/** Pairs that prefer an answer to itself; they were refused one by one. */
final class IdenticalAnswersRule implements PairRule {
  @Override
  public String name() {
    return "identical-answers";
  }

  @Override
  public Optional<String> check(PairSet set) {
    long refused =
        set.rejected().stream()
            .map(RejectedPair::reason)
            .filter(RejectedPair.IDENTICAL::equals)
            .count();
    return refused == 0
        ? Optional.empty()
        : Optional.of(refused + " pairs have the same answer as chosen and rejected; left out");
  }
}
