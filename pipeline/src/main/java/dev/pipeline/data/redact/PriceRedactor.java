package dev.pipeline.data.redact;

import java.util.List;
import java.util.stream.Stream;

/**
 * Exact prices: a currency before or after an amount, in digits or in words; and a spelt amount of
 * hundreds or thousands "a tonne". The unit that follows is kept, for a range per kilo is still a
 * price per kilo. A range that redaction wrote is no exact price.
 */
final class PriceRedactor implements Redactor {
  @Override
  public List<Span> find(String text, Identities known) {
    return prices(text).stream().map(Price::span).toList();
  }

  /** Writes the range that replaces the price at {@code span}, which {@link #find} returned. */
  String range(String text, Span span) {
    return prices(text).stream()
        .filter(price -> price.span().equals(span))
        .map(Price::range)
        .findFirst()
        .orElseThrow();
  }

  private static List<Price> prices(String text) {
    List<Span> ranges = PriceRange.writtenIn(text);
    return Stream.concat(WrittenPrices.in(text).stream(), SpeltPrices.in(text).stream())
        .filter(price -> ranges.stream().noneMatch(price.span()::overlaps))
        .toList();
  }
}
