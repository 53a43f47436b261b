package dev.pipeline.data.prefer.lint;

import dev.pipeline.data.prefer.PreferencePair;
import java.util.List;
import java.util.Optional;

/** Pairs of which nobody said why one answer is worse: nobody can check them either. */
final class MissingRationaleRule implements PairRule {
  @Override
  public String name() {
    return "missing-rationale";
  }

  @Override
  public Optional<String> check(PairSet set) {
    List<PreferencePair> silent =
        set.pairs().stream().filter(pair -> pair.rationale().isBlank()).toList();
    return silent.isEmpty()
        ? Optional.empty()
        : Optional.of(silent.size() + " pairs have no rationale: " + Named.first(silent));
  }
}
