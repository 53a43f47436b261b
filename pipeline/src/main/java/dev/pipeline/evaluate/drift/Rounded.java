package dev.pipeline.evaluate.drift;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as people are shown them: nothing is less than nothing by a hair. */
public final class Rounded {
  private Rounded() {}

  /** {@code value} with so many {@code decimals}, and 0 in place of -0. */
  public static double of(double value, int decimals) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).doubleValue() + 0.0;
  }
}
