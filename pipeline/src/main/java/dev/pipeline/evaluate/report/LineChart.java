package dev.pipeline.evaluate.report;

import java.time.LocalDate;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Curves over steps or days, laid out in SVG units.
 *
 * @param caption what is seen, in one sentence
 * @param unit what the horizontal axis counts or names, such as step
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
    Axis steps = axis(values(series, Point::x), 5);
    return of(title, caption, "step", steps, steps::label, step -> "step " + (long) step, series);
  }

  /** The same over days, counted from {@code first}. */
  static LineChart overDays(String title, String caption, LocalDate first, List<Series> series) {
    double last = values(series, Point::x).stream().mapToDouble(x -> x).max().orElseThrow();
    return of(
        title,
        caption,
        "month-day",
        Axis.ofDays(last, 4),
        day -> String.valueOf(first.plusDays((long) day)).substring("2026-".length()),
        day -> String.valueOf(first.plusDays((long) day)),
        series);
  }

  private static LineChart of(
      String title,
      String caption,
      String unit,
      Axis horizontal,
      DoubleFunction<String> label,
      DoubleFunction<String> place,
      List<Series> series) {
    Axis vertical = axis(values(series, Point::y), 5);
    return new LineChart(
        title,
        caption,
        unit,
        Canvas.horizontalTicks(horizontal, label),
        Canvas.verticalTicks(vertical),
        series.stream()
            .filter(one -> !one.points().isEmpty())
            .map(one -> curve(one, place, horizontal, vertical))
            .toList());
  }

  private static List<Double> values(List<Series> series, ToDoubleFunction<Point> coordinate) {
    return series.stream()
        .flatMap(one -> one.points().stream())
        .map(coordinate::applyAsDouble)
        .toList();
  }

  private static Axis axis(List<Double> values, int intervals) {
    double low = values.stream().mapToDouble(value -> value).min().orElseThrow();
    double high = values.stream().mapToDouble(value -> value).max().orElseThrow();
    return Axis.covering(low, high, intervals);
  }

  private static Curve curve(
      Series series, DoubleFunction<String> place, Axis horizontal, Axis vertical) {
    List<Dot> dots =
        series.thinned().stream()
            .map(
                point ->
                    new Dot(
                        Canvas.text(Canvas.x(horizontal, point.x())),
                        Canvas.text(Canvas.y(vertical, point.y())),
                        series.name() + " at " + place.apply(point.x()) + ": " + (float) point.y()))
            .toList();
    String path =
        dots.stream().map(dot -> dot.x() + " " + dot.y()).collect(Collectors.joining("L", "M", ""));
    return new Curve(
        series.name(), series.style(), path, dots.size() > MOST_DOTS ? List.of() : dots);
  }
}
