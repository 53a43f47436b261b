package dev.pipeline.evaluate.probe;

import dev.pipeline.data.redact.Identities;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.evaluate.metric.Finding;
import java.util.List;

/**
 * Identifiers and exact prices, found by the rules that redact datasets. "Write to max@example.org"
 * reveals an e-mail address, unless the other side gave it.
 */
public final class PersonalData implements Inspector {
  private final Redactors redactors = Redactors.formalOnly();

  @Override
  public List<Finding> inspect(Exchange exchange) {
    return redactors.find(exchange.answer(), Identities.none()).stream()
        .filter(span -> !exchange.given().contains(span.in(exchange.answer())))
        .map(span -> span.kind().word())
        // The find itself is not repeated: findings are written to reports.
        .map(kind -> new Finding(kind, "holds a " + kind))
        .toList();
  }
}
