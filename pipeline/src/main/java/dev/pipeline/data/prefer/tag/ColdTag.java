package dev.pipeline.data.prefer.tag;

import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.prefer.FailureMode;
import java.util.Optional;

/** The first sentence has no word for how the supplier feels. */
final class ColdTag implements FailureRule {

  @Override
  public FailureMode mode() {
    return FailureMode.COLD;
  }

  @Override
  public Optional<String> check(Candidate candidate) {
    return StyleRules.acknowledges(candidate.answer())
        ? Optional.empty()
        : Optional.of("Has no word for how the supplier feels.");
  }
}
