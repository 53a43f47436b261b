package dev.pipeline.data.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Prices in words: {@code nine cents}, {@code eight hundred dollars}; and, as people say it without
 * the currency, {@code two thousand nine hundred a tonne}.
 */
final class SpeltPrices {
  private static final Pattern NUMBER = Pattern.compile("(?i)\\b" + Amounts.SPELT + "\\b");
  private static final Pattern CURRENCY_AFTER =
      Pattern.compile("^(?i: (?:US )?(?P<currency>" + Currencies.WORD + "))\\b");
  private static final Pattern UNIT_AFTER =
      Pattern.compile("^ (?i:a|an|per) (?i:tonne|ton|kilo|kilogram|kg|litre|liter|unit|piece)\\b");
  private static final BigDecimal SMALLEST_BARE_PRICE = BigDecimal.valueOf(100);
  private static final int REACH = 24;

  private SpeltPrices() {}

  /** Every such price in {@code text}. */
  static List<Price> in(String text) {
    List<Price> prices = new ArrayList<>();
    if (!mentionsAmount(text.toLowerCase(Locale.ROOT))) {
      return prices;
    }
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      BigDecimal amount = Amounts.parseSpelt(number.group().toLowerCase(Locale.ROOT));
      int end = number.end();
      String rest = text.substring(end, Math.min(text.length(), end + REACH));
      Matcher currency = CURRENCY_AFTER.matcher(rest);
      if (currency.find()) {
        String name = currency.group("currency").toLowerCase(Locale.ROOT);
        boolean weight = name.startsWith("pound") && text.startsWith(" of", end + currency.end());
        if (!weight) {
          prices.add(price(number.start(), end + currency.end(), amount, Currencies.name(name)));
        }
      } else if (amount.compareTo(SMALLEST_BARE_PRICE) >= 0 && UNIT_AFTER.matcher(rest).find()) {
        prices.add(price(number.start(), end, amount, ""));
      }
    }
    return prices;
  }

  /** A cheap test that spares most texts the search. */
  private static boolean mentionsAmount(String text) {
    return Stream.of("hundred", "thousand", "million").anyMatch(text::contains)
        || Currencies.spelt().stream().anyMatch(text::contains);
  }

  private static Price price(int start, int end, BigDecimal amount, String currency) {
    return new Price(new Span(EntityKind.PRICE, start, end), amount, currency);
  }
}
