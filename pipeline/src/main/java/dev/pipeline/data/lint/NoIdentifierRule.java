package dev.pipeline.data.lint;

import dev.pipeline.data.redact.Identities;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.data.redact.Span;
import java.util.List;
import java.util.Optional;

/** No identifier is left that has a form of its own: addresses, numbers, accounts, exact prices. */
final class NoIdentifierRule implements LintRule {
  private final Redactors redactors;

  NoIdentifierRule(Redactors redactors) {
    this.redactors = redactors;
  }

  @Override
  public String name() {
    return "identifier";
  }

  @Override
  public Optional<String> check(String answer, TokenCounter tokens) {
    List<Span> spans = redactors.find(answer, Identities.none());
    // The find itself is not repeated: findings are written to reports.
    return spans.isEmpty()
        ? Optional.empty()
        : Optional.of("holds a " + spans.get(0).kind().word());
  }
}
