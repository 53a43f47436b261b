package dev.pipeline.evaluate.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * An axis from 0 to {@code intervals * step} above {@code from}, with round tick values. Heckbert,
 * "Nice Numbers for Graph Labels" (Graphics Gems, 1990).
 *
 * @param from value at the first tick
 * @param step distance between ticks: 1, 2 or 5 times a power of ten
 */
record Axis(double from, double step, int intervals) {
  /** An axis that covers {@code low} to {@code high} with about {@code wanted} intervals. */
  static Axis covering(double low, double high, int wanted) {
    double span = high > low ? high - low : Math.max(Math.abs(low), 1);
    double step = niceStep(span / wanted);
    double from = Math.floor(low / step + 1e-9) * step;
    int intervals = Math.max(1, (int) Math.ceil((high - from) / step - 1e-9));
    return new Axis(from, step, intervals);
  }

  /** An axis of whole days from 0 to {@code last} with at most {@code most} intervals. */
  static Axis ofDays(double last, int most) {
    double step = Math.max(1, Math.ceil(last / most));
    return new Axis(0, step, Math.max(1, (int) Math.ceil(last / step)));
  }

  /** Where {@code value} lies: 0 at the first tick, 1 at the last. */
  double fraction(double value) {
    return (value - from) / (step * intervals);
  }

  List<Double> ticks() {
    return IntStream.rangeClosed(0, intervals).mapToObj(i -> from + i * step).toList();
  }

  /** A tick's label, with as many digits as the step needs. */
  String label(double value) {
    if (Math.abs(value) < step / 2) {
      return "0";
    }
    if (step < 0.0009) {
      return scientific(value);
    }
    int decimals = step >= 1 ? 0 : (int) Math.ceil(-Math.log10(step) - 1e-9);
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** A small number with at most three digits, for example {@code 1.5e-4}. */
  static String scientific(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
    int exponent = rounded.precision() - rounded.scale() - 1;
    return rounded.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }

  private static double niceStep(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double mantissa = rough / power;
    return power * (mantissa <= 1 ? 1 : mantissa <= 2 ? 2 : mantissa <= 5 ? 5 : 10);
  }
}
