package dev.pipeline.evaluate.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A named curve.
 *
 * @param style CSS class that colours it
 */
record Series(String name, String style, List<Point> points) {
  /** More points than a screen has pixels only make the page slow. */
  private static final int MOST_POINTS = 400;

  /** At most {@value #MOST_POINTS} points: the means of neighbours. */
  List<Point> thinned() {
    int bucket = (points.size() + MOST_POINTS - 1) / MOST_POINTS;
    if (bucket <= 1) {
      return points;
    }
    List<Point> means = new ArrayList<>();
    for (int start = 0; start < points.size(); start += bucket) {
      List<Point> part = points.subList(start, Math.min(points.size(), start + bucket));
      means.add(
          new Point(
              part.stream().mapToDouble(Point::x).average().orElseThrow(),
              part.stream().mapToDouble(Point::y).average().orElseThrow()));
    }
    return means;
  }
}
