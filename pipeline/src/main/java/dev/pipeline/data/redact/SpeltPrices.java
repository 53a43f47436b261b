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
  private static final List<String> MENTIONS =
      Stream.concat(Stream.of("hundred", "thousand", "million"), Currencies.spelt().stream())
          .toList();

  /** What the numbers below a hundred begin with. */
  private static final String INITIALS = "efnost";

  /** Letters of the longest number below a hundred. */
  private static final int LONGEST = 9;

  private SpeltPrices() {}

  /** Every such price in {@code text}. */
  static List<Price> in(String text) {
    List<Price> prices = new ArrayList<>();
    String folded = text.toLowerCase(Locale.ROOT);
    if (!mentionsAmount(folded)) {
      return prices;
    }
    Starts.each(NUMBER, starts(text, folded), text, number -> price(text, number, prices));
    return prices;
  }

  /** Where a word is a number; letters that only fold to ASCII are left to the automaton. */
  private static Starts.Search starts(String text, String folded) {
    boolean plain =
        folded.length() == text.length()
            && text.indexOf('\u017f') < 0
            && text.indexOf('\u212a') < 0;
    return plain ? (any, from) -> start(folded, from) : (any, from) -> from;
  }

  private static int start(String folded, int from) {
    int at = from;
    while (at < folded.length()) {
      if (!Starts.wordCharacter(folded, at)) {
        at++;
        continue;
      }
      int end = at;
      while (Starts.wordCharacter(folded, end)) {
        end++;
      }
      boolean whole = !Starts.wordCharacter(folded, at - 1);
      if (whole
          && end - at <= LONGEST
          && INITIALS.indexOf(folded.charAt(at)) >= 0
          && Amounts.isSmallNumber(folded.substring(at, end))) {
        return at;
      }
      at = end;
    }
    return -1;
  }

  private static void price(String text, Matcher number, List<Price> prices) {
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

  /** A cheap test that spares most texts the search. */
  private static boolean mentionsAmount(String text) {
    for (String word : MENTIONS) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static Price price(int start, int end, BigDecimal amount, String currency) {
    return new Price(new Span(EntityKind.PRICE, start, end), amount, currency);
  }
}
