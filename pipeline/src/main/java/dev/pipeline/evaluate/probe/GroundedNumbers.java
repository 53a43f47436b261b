package dev.pipeline.evaluate.probe;

import dev.pipeline.evaluate.metric.Finding;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Numbers come from somewhere: every one in the answer stands in the context or the message, or is
 * allowed besides. Told "sixty days from 1,200 tonnes", the answer "60 days for 1200 tonnes" is
 * grounded and "45 days" is not. Counts up to ten in words, as in "two lots", are free.
 */
public final class GroundedNumbers implements Inspector {
  private static final BigDecimal FREE_IN_WORDS = BigDecimal.TEN;

  private final Set<BigDecimal> allowed;

  /** Allows nothing but what was said. */
  public GroundedNumbers() {
    this(List.of());
  }

  /** Allows {@code allowed} besides. */
  public GroundedNumbers(Collection<BigDecimal> allowed) {
    this.allowed = allowed.stream().map(BigDecimal::stripTrailingZeros).collect(Collectors.toSet());
  }

  @Override
  public List<Finding> inspect(Exchange exchange) {
    Set<BigDecimal> known =
        Stream.concat(allowed.stream(), Amount.in(exchange.given()).stream().map(Amount::value))
            .collect(Collectors.toSet());
    return Amount.in(exchange.answer()).stream()
        .filter(number -> !(number.spelt() && number.value().compareTo(FREE_IN_WORDS) <= 0))
        .filter(number -> !known.contains(number.value()))
        .map(number -> new Finding("ungrounded-number", "nobody said " + number.text()))
        .toList();
  }
}
