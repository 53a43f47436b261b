package dev.pipeline.data.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prices in words: {@code nine cents}, {@code eight hundred dollars}; and, as people say it without
 * the currency, {@code two thousand nine hundred a tonne}.
 */
final class SpeltPrices {
  private static final Pattern NUMBER = Pattern.compile("(?i)\\b" + Amounts.SPELT + "\\b");
  private static final Pattern CURRENCY_AFTER =
      Pattern.compile("^(?i: (?:US )?(?P<currency>" + Currencies.WORD + "))(?:[^\\pL\\pN_]|$)");
  private static final Pattern UNIT_AFTER =
      Pattern.compile("^ (?i:a|an|per) (?i:tonne|ton|kilo|kilogram|kg|litre|liter|unit|piece)\\b");

  /** Behind a single letter: the hour nine p.m., two c-clamps. */
  private static final Pattern OF_ANOTHER_WORD = Pattern.compile("^(?:[-'’]|[. ]{1,2}[mM]\\b)");

  private static final BigDecimal SMALLEST_BARE_PRICE = BigDecimal.valueOf(100);
  private static final int REACH = 24;
  private static final String AMERICAN = " US ";
  private static final String FORINT = "Ft";

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
    return prices;
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
      String form = named.group("currency");
      int last = named.end("currency");
      if (isMoney(form, rest.substring(last))) {
        prices.add(price(start, end + last, amount, Currencies.nameOfWord(form)));
      }
    } else if (amount.compareTo(SMALLEST_BARE_PRICE) >= 0 && UNIT_AFTER.matcher(rest).find()) {
      prices.add(price(start, end, amount, ""));
    }
  }

  /** A weight, a length, a part C and an hour are none. */
  private static boolean isMoney(String form, String rest) {
    if (form.length() == 1) {
      return Character.isLowerCase(form.charAt(0)) && !OF_ANOTHER_WORD.matcher(rest).find();
    }
    boolean weight = form.toLowerCase(Locale.ROOT).startsWith("pound") && rest.startsWith(" of");
    boolean length = form.equalsIgnoreCase(FORINT) && !form.equals(FORINT);
    return !weight && !length;
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

  private static Price price(int start, int end, BigDecimal amount, String currency) {
    return new Price(new Span(EntityKind.PRICE, start, end), amount, currency);
  }
}
