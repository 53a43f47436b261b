package dev.pipeline.data.prefer.lint;

import java.util.List;

/** All rules, in the order in which they are reported. */
public final class PairLint {
  /** Version of the rules, part of every dataset's identity. */
  public static final String VERSION = "pair-lint-1";

  private static final List<PairRule> RULES =
      List.of(
          new SystematicLengthRule(),
          new IdenticalAnswersRule(),
          new HoldOutLeakRule(),
          new MissingRationaleRule(),
          new UnknownFailureModeRule(),
          new RepeatedPairRule(),
          new HouseStyleRule());

  private PairLint() {}

  /** Everything to be warned of. */
  public static List<LintWarning> check(PairSet set) {
    return RULES.stream()
        .flatMap(
            rule -> rule.check(set).map(message -> new LintWarning(rule.name(), message)).stream())
        .toList();
  }
}
