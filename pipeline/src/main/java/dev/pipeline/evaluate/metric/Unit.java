package dev.pipeline.evaluate.metric;

import java.util.Locale;

/** How a value is read by people. */
public enum Unit {
  /** A plain number. */
  NUMBER("%.", 3, "", 1),
  /** An overlap of texts, 0 to 100. */
  OVERLAP("%.", 2, "", 1),
  /** A count of words. */
  WORDS("%.", 0, "", 1),
  /** Binary digits of information. */
  BITS("%.", 2, " bits", 1),
  /** A count of tokens. */
  TOKENS("%.", 0, "", 1),
  /** A fraction, 0 to 1, shown in percent. */
  SHARE("%.", 1, " %", 100),
  /** A difference of fractions, shown in percentage points. */
  POINTS("%.", 1, " points", 100);

  private final String start;
  private final int decimals;
  private final String suffix;
  private final double scale;

  Unit(String start, int decimals, String suffix, double scale) {
    this.start = start;
    this.decimals = decimals;
    this.suffix = suffix;
    this.scale = scale;
  }

  /** The value as people read it, the same in every locale. */
  public String format(double value) {
    return format(value, decimals);
  }

  /** The value with three more decimals, for when the usual ones hide a difference. */
  public String formatFinely(double value) {
    return format(value, decimals + 3);
  }

  /** A difference of two values, with its sign; of shares in percentage points. */
  public String formatChange(double value) {
    if (value == 0) {
      return "0";
    }
    return (value > 0 ? "+" : "") + (this == SHARE ? POINTS : this).format(value);
  }

  private String format(double value, int digits) {
    String text = String.format(Locale.ROOT, start + digits + "f", value * scale) + suffix;
    boolean negativeZero =
        text.startsWith("-") && text.chars().noneMatch(c -> '1' <= c && c <= '9');
    return negativeZero ? format(0.0, digits) : text;
  }
}
