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
  private static final String AMERICAN = " US ";
  private static final List<String> MENTIONS =
      Stream.concat(Stream.of("hundred", "thousand", "million"), Currencies.spelt().stream())
          .toList();

  /** The letter that only folds to ASCII; texts with it are left to the pattern. */
  private static final char LONG_S = '\u017f';

  private SpeltPrices() {}

  /** Every such price in {@code text}, which {@code tokens} divide. */
  static List<Price> in(String text, Tokens tokens) {
    List<Price> prices = new ArrayList<>();
    if (tokens.isPlain()) {
      inPlain(text, tokens, prices);
    } else if (text.indexOf(LONG_S) < 0) {
      for (int at = NumberWords.next(text, 0); at >= 0; ) {
        int end = NumberWords.end(text, at);
        price(text, at, end, prices);
        at = NumberWords.next(text, end);
      }
    } else {
      Matcher number = NUMBER.matcher(text);
      while (number.find()) {
        price(text, number.start(), number.end(), prices);
      }
    }
    return prices.isEmpty() || mentionsAmount(text.toLowerCase(Locale.ROOT)) ? prices : List.of();
  }

  /** Looks where words begin, or parts of words behind a joint: numbers begin nowhere else. */
  private static void inPlain(String text, Tokens tokens, List<Price> prices) {
    int end = 0;
    int joint = 0;
    int[] joints = tokens.joints();
    for (int i = 0; i < tokens.size() || joint < joints.length; ) {
      boolean word =
          joint == joints.length || (i < tokens.size() && tokens.start(i) < joints[joint]);
      int at = word ? tokens.start(i++) : joints[joint++];
      if (at >= end && NumberWords.beginsAt(text, at)) {
        end = NumberWords.end(text, at);
        price(text, at, end, prices);
      }
    }
  }

  private static void price(String text, int start, int end, List<Price> prices) {
    boolean currency = mayHaveCurrency(text, end);
    if (!currency && !mayHaveUnit(text, end)) {
      return;
    }
    BigDecimal amount = Amounts.parseSpelt(text.substring(start, end).toLowerCase(Locale.ROOT));
    String rest = text.substring(end, Math.min(text.length(), end + REACH));
    Matcher named = CURRENCY_AFTER.matcher(rest);
    if (currency && named.find()) {
      String name = named.group("currency").toLowerCase(Locale.ROOT);
      boolean weight = name.startsWith("pound") && text.startsWith(" of", end + named.end());
      if (!weight) {
        prices.add(price(start, end + named.end(), amount, Currencies.name(name)));
      }
    } else if (amount.compareTo(SMALLEST_BARE_PRICE) >= 0 && UNIT_AFTER.matcher(rest).find()) {
      prices.add(price(start, end, amount, ""));
    }
  }

  /** A quick look that spares most numbers the patterns: there are many ones and twos. */
  private static boolean mayHaveCurrency(String text, int end) {
    return end < text.length()
        && (text.charAt(end) == ' ' || text.indexOf(LONG_S) >= 0)
        && (Currencies.mayFollowAt(text, end + 1)
            || text.regionMatches(true, end, AMERICAN, 0, AMERICAN.length())
            || text.indexOf(LONG_S) >= 0);
  }

  private static boolean mayHaveUnit(String text, int end) {
    return end + 1 < text.length()
        && text.charAt(end) == ' '
        && "apAP".indexOf(text.charAt(end + 1)) >= 0;
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
