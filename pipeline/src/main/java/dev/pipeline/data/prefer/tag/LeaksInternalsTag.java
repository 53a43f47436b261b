package dev.pipeline.data.prefer.tag;

import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.prefer.FailureMode;
import java.util.Optional;

/** Speaks of tools, limits or escalation, which suppliers must not hear of. */
final class LeaksInternalsTag implements FailureRule {

  @Override
  public FailureMode mode() {
    return FailureMode.LEAKS_INTERNALS;
  }

  @Override
  public Optional<String> check(Candidate candidate) {
    return StyleRules.mentionsInternals(candidate.answer())
        ? Optional.of("Speaks of what stays inside the house.")
        : Optional.empty();
  }
}
