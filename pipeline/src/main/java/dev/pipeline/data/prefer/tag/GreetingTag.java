package dev.pipeline.data.prefer.tag;

import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.prefer.FailureMode;
import java.util.Optional;

/** Opens with a greeting or ends with a closing. */
final class GreetingTag implements FailureRule {

  @Override
  public FailureMode mode() {
    return FailureMode.GREETING;
  }

  @Override
  public Optional<String> check(Candidate candidate) {
    return StyleRules.greets(candidate.answer())
        ? Optional.of("Greets or closes, which the channel does itself.")
        : Optional.empty();
  }
}
