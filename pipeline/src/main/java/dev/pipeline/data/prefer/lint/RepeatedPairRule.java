package dev.pipeline.data.prefer.lint;

import dev.pipeline.data.prefer.RejectedPair;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Pairs that stand there twice, or once the other way round; the first of each was kept. */
final class RepeatedPairRule implements PairRule {
  private static final Set<String> REASONS =
      Set.of(RejectedPair.EXACT_DUPLICATE, RejectedPair.NEAR_DUPLICATE, RejectedPair.CONTRADICTION);

  @Override
  public String name() {
    return "repeated-pair";
  }

  @Override
  public Optional<String> check(PairSet set) {
    Map<String, Integer> counts = new TreeMap<>();
    set.rejected().stream()
        .map(RejectedPair::reason)
        .filter(REASONS::contains)
        .forEach(reason -> counts.merge(reason, 1, Integer::sum));
    return counts.isEmpty()
        ? Optional.empty()
        : Optional.of("the same pair stands there more than once; left out: " + counts);
  }
}
