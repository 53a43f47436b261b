package dev.pipeline.data.redact;

import java.util.ArrayList;
import java.util.List;

/**
 * Exact prices: a currency before or after an amount, in digits or in words; and a spelt amount of
 * hundreds or thousands "a tonne". The unit that follows is kept, for a range per kilo is still a
 * price per kilo. A range that redaction wrote is no exact price.
 */
final class PriceRedactor {
  /** The prices in {@code text}, which {@code tokens} divide; they may overlap what others find. */
  List<Price> prices(String text, Tokens tokens) {
    List<Price> prices = new ArrayList<>(WrittenPrices.in(text));
    prices.addAll(SpeltPrices.in(text, tokens));
    if (prices.isEmpty()) {
      return prices;
    }
    List<Span> ranges = PriceRange.writtenIn(text);
    return ranges.isEmpty()
        ? prices
        : prices.stream()
            .filter(price -> ranges.stream().noneMatch(price.span()::overlaps))
            .toList();
  }
}
