package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The step of the 1-2-5 grid that holds an amount: 14.20 lies in "10 to 20", 0.87 in "0.50 to
 * 1.00", 1,480 in "1,000 to 2,000". The grid is the same for every currency, so that a range tells
 * the order of magnitude and nothing more.
 */
record PriceRange(BigDecimal low, BigDecimal high) {
  private static final String TO = " to ";
  private static final Automaton WRITTEN =
      Automaton.of("[0-9][0-9.,]*" + TO + "[0-9](?:[0-9.,]*[0-9])?");
  private static final List<Integer> STEPS = List.of(1, 2, 5, 10);

  /** The range that holds {@code amount}, which is positive. */
  static PriceRange of(BigDecimal amount) {
    BigDecimal decade = BigDecimal.ONE.scaleByPowerOfTen(amount.precision() - amount.scale() - 1);
    int step = 0;
    while (amount.compareTo(decade.multiply(BigDecimal.valueOf(STEPS.get(step + 1)))) >= 0) {
      step++;
    }
    return new PriceRange(
        decade.multiply(BigDecimal.valueOf(STEPS.get(step))),
        decade.multiply(BigDecimal.valueOf(STEPS.get(step + 1))));
  }

  /** Where {@code text} already holds such ranges. */
  static List<Span> writtenIn(String text) {
    List<Span> places = new ArrayList<>();
    Starts.each(
        WRITTEN,
        PriceRange::start,
        text,
        match -> {
          String range = text.substring(match.start(), match.end());
          BigDecimal low = Amounts.parse(range.substring(0, range.indexOf(TO)));
          if (low.signum() > 0 && PriceRange.of(low).toString().equals(range)) {
            places.add(new Span(EntityKind.PRICE, match.start(), match.end()));
          }
        });
    return places;
  }

  /** The number before the next "to" that has one on either side. */
  private static int start(String text, int from) {
    for (int to = text.indexOf(TO, from); to >= 0; to = text.indexOf(TO, to + 1)) {
      int start = to;
      while (start > from && isOfNumber(text.charAt(start - 1))) {
        start--;
      }
      if (start < to && Starts.digit(text, to + TO.length())) {
        return start;
      }
    }
    return -1;
  }

  private static boolean isOfNumber(char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == ',';
  }

  /** {@code 10 to 20}, with thousands separators, and cents where the range is below one. */
  @Override
  public String toString() {
    return format(low) + " to " + format(high);
  }

  private static String grouped(long number) {
    StringBuilder digits = new StringBuilder(Long.toString(number));
    for (int at = digits.length() - 3; at > 0; at -= 3) {
      digits.insert(at, ',');
    }
    return digits.toString();
  }

  private String format(BigDecimal bound) {
    if (high.compareTo(BigDecimal.ONE) > 0) {
      return grouped(bound.longValue());
    }
    int scale = Math.max(2, low.stripTrailingZeros().scale());
    return bound.setScale(scale, RoundingMode.UNNECESSARY).toPlainString();
  }
}
