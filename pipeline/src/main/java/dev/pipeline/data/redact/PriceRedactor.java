package dev.pipeline.data.redact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * The ranges that replace the prices of {@code text}, by the spans that {@link #find} returns.
   */
  Map<Span, String> ranges(String text) {
    Map<Span, String> ranges = new HashMap<>();
    prices(text).forEach(price -> ranges.putIfAbsent(price.span(), price.range()));
    return ranges;
  }

  private static List<Price> prices(String text) {
    List<Price> written = WrittenPrices.in(text);
    List<Price> spelt = SpeltPrices.in(text);
    if (written.isEmpty() && spelt.isEmpty()) {
      return written;
    }
    List<Span> ranges = PriceRange.writtenIn(text);
    return Stream.concat(written.stream(), spelt.stream())
        .filter(price -> ranges.stream().noneMatch(price.span()::overlaps))
        .toList();
  }
}
