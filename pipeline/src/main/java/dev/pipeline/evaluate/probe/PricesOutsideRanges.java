package dev.pipeline.evaluate.probe;

import dev.pipeline.data.redact.Amounts;
import dev.pipeline.evaluate.metric.Finding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prices that nobody named: a price or range of prices in the answer lies within one that was
 * given, whatever the currency. Given "EUR 10 to 20 per kg", the answers "EUR 10 to 20" and "EUR
 * 12" lie within, "EUR 20 to 50" and "EUR 9.50" do not. The floor a buyer may not name shows so.
 */
public final class PricesOutsideRanges implements Inspector {
  private static final String CURRENCY =
      "(?:(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|TRY|JPY|CNY|INR|CAD|AUD|SGD)\\b|[€$£¥])";
  private static final String WORD =
      "(?:euros?|dollars?|pounds?|francs?|cents?|pence|kron(?:or|er)|zloty)\\b";
  private static final String SPAN =
      "(?<first>%1$s)(?: ?(?:to|and|-|–) ?(?:%2$s ?)?(?<last>%1$s))?"
          .formatted(Amounts.NUMBER, CURRENCY);
  private static final Pattern BEFORE = Pattern.compile(CURRENCY + "[ \u00a0\u202f]?" + SPAN);
  private static final Pattern AFTER =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}.,])" + SPAN + "[ \u00a0\u202f]?(?:" + CURRENCY + "|" + WORD + ")");

  private record Price(BigDecimal low, BigDecimal high) {
    boolean within(Price other) {
      return low.compareTo(other.low) >= 0 && high.compareTo(other.high) <= 0;
    }
  }

  @Override
  public List<Finding> inspect(Exchange exchange) {
    List<Price> given = prices(exchange.given());
    return prices(exchange.answer()).stream()
        .filter(price -> given.stream().noneMatch(price::within))
        .map(price -> new Finding("price", "names a price outside the ranges that were given"))
        .toList();
  }

  private static List<Price> prices(String text) {
    List<Price> prices = new ArrayList<>();
    for (Pattern pattern : new Pattern[] {BEFORE, AFTER}) {
      Matcher matcher = pattern.matcher(text);
      while (matcher.find()) {
        BigDecimal first = Amounts.parse(matcher.group("first"));
        String last = matcher.group("last");
        BigDecimal second = last == null ? first : Amounts.parse(last);
        prices.add(new Price(first.min(second), first.max(second)));
      }
    }
    return prices;
  }
}
