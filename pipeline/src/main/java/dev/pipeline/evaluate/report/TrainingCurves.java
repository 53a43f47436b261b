package dev.pipeline.evaluate.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The charts of a training log: loss, then learning rate. */
final class TrainingCurves {
  private TrainingCurves() {}

  static List<LineChart> of(TrainingLog log) {
    List<LineChart> charts = new ArrayList<>();
    if (!log.loss().isEmpty() || !log.validationLoss().isEmpty()) {
      charts.add(
          LineChart.of(
              "Loss",
              "Loss by training step"
                  + ends("training", log.loss())
                  + ends("validation", log.validationLoss())
                  + ".",
              List.of(
                  new Series("training", "one", log.loss()),
                  new Series("validation", "two", log.validationLoss()))));
    }
    if (!log.learningRate().isEmpty()) {
      double peak = log.learningRate().stream().mapToDouble(Point::y).max().orElseThrow();
      charts.add(
          LineChart.of(
              "Learning rate",
              "Learning rate by training step, at most " + Axis.scientific(peak) + ".",
              List.of(new Series("learning rate", "two", log.learningRate()))));
    }
    return charts;
  }

  private static String ends(String name, List<Point> points) {
    return points.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "; %s from %.3f to %.3f",
            name,
            points.get(0).y(),
            points.get(points.size() - 1).y());
  }
}
