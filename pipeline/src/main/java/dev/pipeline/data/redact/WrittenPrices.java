package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import dev.pipeline.data.automaton.Automaton.Match;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Prices in digits: {@code EUR 14.20}, {@code £0.87}, {@code 12,400 SEK}, {@code 4p}. */
final class WrittenPrices {
  private static final Automaton AMOUNT = Automaton.of(Amounts.NUMBER);
  private static final Automaton NUMBER =
      Automaton.of(
          Amounts.NUMBER
              + "(?: ?[-–] ?"
              + Amounts.NUMBER
              + ")?(?: ?(?:k|m|bn|million|thousand|Mio|mio)\\b)?");
  private static final String AMERICAN = "US ";
  private static final int REACH = 12;

  private WrittenPrices() {}

  /** Every such price in {@code text}. Numbers are found first: currencies are many to look for. */
  static List<Price> in(String text) {
    List<Price> prices = new ArrayList<>();
    int at = Starts.nextDigit(text, 0);
    while (at >= 0) {
      Match number = new Match(at, NUMBER.end(text, at));
      boolean before = mayPrecede(text, number.start());
      boolean after = mayFollow(text, number.end());
      if (before || after) {
        price(text, number, before, after).ifPresent(prices::add);
      }
      at = Starts.nextDigit(text, number.end());
    }
    return prices;
  }

  private static Optional<Price> price(String text, Match number, boolean before, boolean after) {
    Optional<Price> price = before ? before(text, number) : Optional.empty();
    return price.isPresent() || !after ? price : after(text, number);
  }

  /** Whether what stands before may end a currency: a quick look that spares most numbers more. */
  private static boolean mayPrecede(String text, int start) {
    int last = start > 0 && isGap(text.charAt(start - 1)) ? start - 2 : start - 1;
    return last >= 0 && Currencies.mayEndSign(text.charAt(last));
  }

  private static boolean mayFollow(String text, int end) {
    int first = end < text.length() && isGap(text.charAt(end)) ? end + 1 : end;
    return first < text.length() && Currencies.mayBeginWord(text.charAt(first));
  }

  private static boolean isGap(char c) {
    return c == ' ' || c == '\u00a0' || c == '\u202f';
  }

  private static Optional<Price> before(String text, Match number) {
    int start = number.start();
    int last = start > 0 && isGap(text.charAt(start - 1)) ? start - 1 : start;
    String currency = Currencies.endingAt(text, Math.max(0, start - REACH), last);
    return price(text, number, last - currency.length(), number.end(), currency);
  }

  private static Optional<Price> after(String text, Match number) {
    int end = number.end();
    int limit = Math.min(text.length(), end + REACH);
    int first = end < limit && isGap(text.charAt(end)) ? end + 1 : end;
    int american = text.startsWith(AMERICAN, first) ? first + AMERICAN.length() : first;
    String currency = Currencies.beginningAt(text, american, limit);
    if (currency.isEmpty() && american > first) {
      american = first;
      currency = Currencies.beginningAt(text, first, limit);
    }
    int last = american + currency.length();
    boolean weight = currency.startsWith("pound") && text.startsWith(" of", last);
    return weight ? Optional.empty() : price(text, number, number.start(), last, currency);
  }

  private static Optional<Price> price(
      String text, Match number, int start, int end, String currency) {
    if (currency.isEmpty() || !Currencies.known(currency) || !Finds.standsAlone(text, start, end)) {
      return Optional.empty();
    }
    BigDecimal amount = amount(text, number);
    Span span = new Span(EntityKind.PRICE, start, end);
    return amount.signum() > 0
        ? Optional.of(new Price(span, amount, Currencies.name(currency)))
        : Optional.empty();
  }

  private static BigDecimal amount(String text, Match number) {
    int end = AMOUNT.end(text, number.start());
    return Amounts.parse(text.substring(number.start(), end)).multiply(factor(scale(text, number)));
  }

  /** The word behind the last digit, in lower case. */
  private static String scale(String text, Match number) {
    int start = number.end();
    while (!Starts.digit(text, start - 1)) {
      start--;
    }
    return text.substring(start, number.end()).strip().toLowerCase(Locale.ROOT);
  }

  private static BigDecimal factor(String scale) {
    return switch (scale) {
      case "k", "thousand" -> BigDecimal.valueOf(1_000);
      case "m", "million", "mio" -> BigDecimal.valueOf(1_000_000);
      case "bn" -> BigDecimal.valueOf(1_000_000_000);
      default -> BigDecimal.ONE;
    };
  }
}
