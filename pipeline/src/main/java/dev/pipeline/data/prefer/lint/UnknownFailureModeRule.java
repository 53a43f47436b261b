package dev.pipeline.data.prefer.lint;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.PreferencePair;
import java.util.List;
import java.util.Optional;

/** Pairs whose failure has another name than those that are counted and reported. */
final class UnknownFailureModeRule implements PairRule {
  @Override
  public String name() {
    return "unknown-failure-mode";
  }

  @Override
  public Optional<String> check(PairSet set) {
    List<PreferencePair> unknown =
        set.pairs().stream().filter(pair -> FailureMode.of(pair.failureMode()).isEmpty()).toList();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%d pairs have a failure_mode other than %s: %s"
                .formatted(
                    unknown.size(), String.join(", ", FailureMode.words()), Named.first(unknown)));
  }
}
