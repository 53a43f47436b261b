package dev.pipeline.evaluate.probe;

import dev.pipeline.data.redact.Amounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number in a text: {@code 1,200}, {@code 4.5}, {@code sixty-two}.
 *
 * @param value without trailing zeros, so that equal amounts are equal
 * @param text as written
 * @param spelt whether in words
 */
record Amount(BigDecimal value, String text, boolean spelt) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\[[A-Z]+_[0-9]+]");
  private static final Pattern DIGITS =
      Pattern.compile("(?<![\\p{L}\\p{N}_])" + Amounts.NUMBER + "(?![\\p{N}])");
  private static final Pattern SPELT = Pattern.compile("\\b" + Amounts.SPELT + "\\b");

  /** All numbers of {@code text}; those of placeholders and of codes such as Q3 are none. */
  static List<Amount> in(String text) {
    String plain = PLACEHOLDER.matcher(text).replaceAll(" ");
    List<Amount> amounts = new ArrayList<>();
    Matcher digits = DIGITS.matcher(plain);
    while (digits.find()) {
      amounts.add(of(Amounts.parse(digits.group()), digits.group(), false));
    }
    Matcher spelt = SPELT.matcher(plain.toLowerCase(Locale.ROOT));
    while (spelt.find()) {
      amounts.add(of(Amounts.parseSpelt(spelt.group()), spelt.group(), true));
    }
    return amounts;
  }

  private static Amount of(BigDecimal value, String text, boolean spelt) {
    return new Amount(value.stripTrailingZeros(), text, spelt);
  }
}
