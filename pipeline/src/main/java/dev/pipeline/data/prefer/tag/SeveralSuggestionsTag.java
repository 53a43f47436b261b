package dev.pipeline.data.prefer.tag;

import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.prefer.FailureMode;
import java.util.Optional;

/** Asks for or proposes more than one thing. */
final class SeveralSuggestionsTag implements FailureRule {

  @Override
  public FailureMode mode() {
    return FailureMode.SEVERAL_SUGGESTIONS;
  }

  @Override
  public Optional<String> check(Candidate candidate) {
    int suggestions = StyleRules.suggestions(candidate.answer());
    return suggestions > 1
        ? Optional.of("Makes " + suggestions + " requests where one next step is wanted.")
        : Optional.empty();
  }
}
