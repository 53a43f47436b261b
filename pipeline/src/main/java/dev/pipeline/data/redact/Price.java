package dev.pipeline.data.redact;

import java.math.BigDecimal;

/**
 * An exact price in a text.
 *
 * @param currency the currency's name in a range; empty where the text leaves it open
 */
record Price(Span span, BigDecimal amount, String currency) {
  /** The range that replaces it: {@code EUR 10 to 20}, {@code 5 to 10 cents}. */
  String range() {
    PriceRange range = PriceRange.of(amount);
    if (currency.isEmpty()) {
      return range.toString();
    }
    return Currencies.follows(currency) ? range + " " + currency : currency + " " + range;
  }
}
