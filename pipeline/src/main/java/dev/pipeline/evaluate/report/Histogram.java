package dev.pipeline.evaluate.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Answer lengths of both models in equal bins, laid out in SVG units.
 *
 * @param bars two a bin, base first
 */
public record Histogram(
    String caption, List<Tick> horizontal, List<Tick> vertical, List<Bar> bars) {

  /**
   * One bar.
   *
   * @param style CSS class that colours it
   * @param text shown when it is pointed at
   */
  public record Bar(String style, String x, String y, String width, String height, String text) {}

  private static final int BINS = 12;
  private static final double GAP = 0.12;

  static Histogram of(List<Integer> base, List<Integer> tuned) {
    int longest = Math.max(Collections.max(base), Collections.max(tuned));
    Axis lengths = Axis.covering(0, longest + 1, BINS);
    int[] baseCounts = counts(base, lengths);
    int[] tunedCounts = counts(tuned, lengths);
    int highest = 1;
    for (int bin = 0; bin < lengths.intervals(); bin++) {
      highest = Math.max(highest, Math.max(baseCounts[bin], tunedCounts[bin]));
    }
    Axis answers = Axis.covering(0, highest, Math.min(highest, 5));
    List<Bar> bars = new ArrayList<>();
    for (int bin = 0; bin < lengths.intervals(); bin++) {
      bars.add(bar("one", "base", bin, 0, baseCounts[bin], lengths, answers));
      bars.add(bar("two", "tuned", bin, 1, tunedCounts[bin], lengths, answers));
    }
    return new Histogram(
        "How many of the " + base.size() + " answers have which length, base against tuned.",
        Canvas.horizontalTicks(lengths),
        Canvas.verticalTicks(answers),
        bars);
  }

  private static int[] counts(List<Integer> values, Axis lengths) {
    int[] counts = new int[lengths.intervals()];
    for (int value : values) {
      counts[(int) (value / lengths.step())]++;
    }
    return counts;
  }

  private static Bar bar(
      String style, String model, int bin, int place, int count, Axis lengths, Axis answers) {
    double step = lengths.step();
    double from = bin * step;
    double left = Canvas.x(lengths, from + step * (GAP + place * (0.5 - GAP)));
    double right = Canvas.x(lengths, from + step * (GAP + (place + 1) * (0.5 - GAP)));
    double top = Canvas.y(answers, count);
    return new Bar(
        style,
        Canvas.text(left),
        Canvas.text(top),
        Canvas.text(right - left),
        Canvas.text(Canvas.BOTTOM - top),
        "%s: %d answers of %.0f to %.0f tokens".formatted(model, count, from, from + step - 1));
  }
}
