package dev.pipeline.data.prefer.lint;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Chosen answers are systematically longer or shorter than rejected ones: then length alone tells
 * them apart, and a preference loss learns length instead of what was meant (Park et al. 2024,
 * "Disentangling Length from Quality in Direct Preference Optimization").
 */
final class SystematicLengthRule implements PairRule {
  /** A lean that chance explains this rarely ... */
  private static final double SIGNIFICANT = 0.01;

  /** ... and of at least this size; with many pairs the smallest lean is significant. */
  private static final double NOTABLE = 0.3;

  @Override
  public String name() {
    return "systematic-length";
  }

  @Override
  public Optional<String> check(PairSet set) {
    int[] differences =
        set.pairs().stream()
            .mapToInt(
                pair -> set.tokens().count(pair.chosen()) - set.tokens().count(pair.rejected()))
            .toArray();
    SignedRank test = SignedRank.of(differences);
    if (test.p() >= SIGNIFICANT || Math.abs(test.effect()) < NOTABLE) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "chosen answers are systematically %s than rejected ones: by %.1f tokens on average"
                + " (rank-biserial effect %.2f, n = %d, p %s); add pairs of like length",
            test.effect() > 0 ? "longer" : "shorter",
            Math.abs(Arrays.stream(differences).average().orElse(0)),
            test.effect(),
            test.n(),
            test.p() < 0.0001 ? "< 0.0001" : String.format(Locale.ROOT, "= %.4f", test.p())));
  }
}
