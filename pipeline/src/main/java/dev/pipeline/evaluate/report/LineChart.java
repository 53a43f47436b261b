package dev.pipeline.evaluate.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Curves over steps or days, laid out in SVG units.
 *
 * @param caption what is seen, in one sentence
 * @param unit what the horizontal axis counts, such as step
 */
public record LineChart(
    String title,
    String caption,
    String unit,
    List<Tick> horizontal,
    List<Tick> vertical,
    List<Curve> curves) {

  /**
   * One curve.
   *
   * @param path SVG path data
   * @param dots centres of markers; only for curves with few points
   */
  public record Curve(String name, String style, String path, List<Dot> dots) {}

  /** A marker with the text shown when it is pointed at. */
  public record Dot(String x, String y, String text) {}

  private static final int MOST_DOTS = 40;

  /** Lays out {@code series} over training steps; at least one has points. */
  static LineChart of(String title, String caption, List<Series> series) {
    return of(title, caption, "step", series);
  }

  /** The same over something else, of which {@code unit} is one. */
  static LineChart of(String title, String caption, String unit, List<Series> series) {
    List<Point> all = series.stream().flatMap(one -> one.points().stream()).toList();
    Axis horizontal = axis(all.stream().map(Point::x).toList(), 5);
    Axis vertical = axis(all.stream().map(Point::y).toList(), 5);
    return new LineChart(
        title,
        caption,
        unit,
        Canvas.horizontalTicks(horizontal),
        Canvas.verticalTicks(vertical),
        series.stream()
            .filter(one -> !one.points().isEmpty())
            .map(one -> curve(one, unit, horizontal, vertical))
            .toList());
  }

  private static Axis axis(List<Double> values, int intervals) {
    double low = values.stream().mapToDouble(value -> value).min().orElseThrow();
    double high = values.stream().mapToDouble(value -> value).max().orElseThrow();
    return Axis.covering(low, high, intervals);
  }

  private static Curve curve(Series series, String unit, Axis horizontal, Axis vertical) {
    List<Dot> dots =
        series.thinned().stream()
            .map(
                point ->
                    new Dot(
                        Canvas.text(Canvas.x(horizontal, point.x())),
                        Canvas.text(Canvas.y(vertical, point.y())),
                        series.name()
                            + " at "
                            + unit
                            + " "
                            + (long) point.x()
                            + ": "
                            + (float) point.y()))
            .toList();
    String path =
        dots.stream().map(dot -> dot.x() + " " + dot.y()).collect(Collectors.joining("L", "M", ""));
    return new Curve(
        series.name(), series.style(), path, dots.size() > MOST_DOTS ? List.of() : dots);
  }
}
