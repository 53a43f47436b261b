package dev.pipeline.data.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prices in digits: {@code EUR 14.20}, {@code £0.87}, {@code 12,400 SEK}, {@code 4p}. */
final class WrittenPrices {
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?P<amount>"
              + Amounts.NUMBER
              + ")(?: ?[-–] ?"
              + Amounts.NUMBER
              + ")?"
              + "(?P<scale> ?(?:k|m|bn|million|thousand|Mio|mio)\\b)?");
  private static final Pattern CURRENCY_BEFORE =
      Pattern.compile(
          "(?P<currency>" + Currencies.CODE + "|" + Currencies.SIGN + ")[ \u00a0\u202f]?$");
  private static final Pattern CURRENCY_AFTER =
      Pattern.compile(
          "^[ \u00a0\u202f]?(?:US )?(?P<currency>" + Currencies.CODE + "|" + Currencies.WORD + ")");
  private static final int REACH = 12;

  private WrittenPrices() {}

  /** Every such price in {@code text}. Numbers are found first: currencies are many to look for. */
  static List<Price> in(String text) {
    List<Price> prices = new ArrayList<>();
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      BigDecimal amount =
          Amounts.parse(number.group("amount")).multiply(factor(number.group("scale")));
      if (amount.signum() > 0) {
        before(text, number.start(), number.end(), amount)
            .or(() -> after(text, number.start(), number.end(), amount))
            .ifPresent(prices::add);
      }
    }
    return prices;
  }

  private static Optional<Price> before(String text, int start, int end, BigDecimal amount) {
    int from = Math.max(0, start - REACH);
    Matcher currency = CURRENCY_BEFORE.matcher(text.substring(from, start));
    return currency.find()
        ? price(text, from + currency.start(), end, amount, currency.group("currency"))
        : Optional.empty();
  }

  private static Optional<Price> after(String text, int start, int end, BigDecimal amount) {
    String rest = text.substring(end, Math.min(text.length(), end + REACH));
    Matcher currency = CURRENCY_AFTER.matcher(rest);
    if (!currency.find()) {
      return Optional.empty();
    }
    boolean weight =
        currency.group("currency").startsWith("pound")
            && text.startsWith(" of", end + currency.end());
    return weight
        ? Optional.empty()
        : price(text, start, end + currency.end(), amount, currency.group("currency"));
  }

  private static Optional<Price> price(
      String text, int start, int end, BigDecimal amount, String currency) {
    if (!Currencies.known(currency) || !Finds.standsAlone(text, start, end)) {
      return Optional.empty();
    }
    Span span = new Span(EntityKind.PRICE, start, end);
    return Optional.of(new Price(span, amount, Currencies.name(currency)));
  }

  private static BigDecimal factor(String scale) {
    String word = scale == null ? "" : scale.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "k", "thousand" -> BigDecimal.valueOf(1_000);
      case "m", "million", "mio" -> BigDecimal.valueOf(1_000_000);
      case "bn" -> BigDecimal.valueOf(1_000_000_000);
      default -> BigDecimal.ONE;
    };
  }
}
