package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.metric.Unit;
import java.util.ArrayList;
import java.util.List;

/**
 * The charts of a training log: loss, what preference optimisation makes of rewards, learning rate.
 */
public final class TrainingCurves {
  private TrainingCurves() {}

  /** One chart for each kind of curve in {@code log}. */
  public static List<LineChart> of(TrainingLog log) {
    List<LineChart> charts = new ArrayList<>();
    add(charts, log, "Loss", "loss");
    addRewards(charts, "Rewards, training", log, "rewards/");
    addRewards(charts, "Rewards, validation", log, "eval_rewards/");
    add(charts, log, "Reward margin", "rewards/margins");
    add(charts, log, "Reward accuracy", "rewards/accuracies");
    List<Point> rates = log.curve("learning_rate");
    if (!rates.isEmpty()) {
      double peak = rates.stream().mapToDouble(Point::y).max().orElseThrow();
      charts.add(
          LineChart.of(
              "Learning rate",
              "Learning rate by training step, at most " + Axis.scientific(peak) + ".",
              List.of(new Series("learning rate", "two", rates))));
    }
    return charts;
  }

  /** Training is coloured as what is behind, the hold-out as what counts. */
  private static void add(List<LineChart> charts, TrainingLog log, String title, String key) {
    List<Point> training = log.curve(key);
    List<Point> validation = log.curve("eval_" + key);
    if (training.isEmpty() && validation.isEmpty()) {
      return;
    }
    charts.add(
        LineChart.of(
            title,
            title
                + " by training step"
                + ends("training", training)
                + ends("validation", validation)
                + ".",
            List.of(
                new Series("training", "one", training),
                new Series("validation", "two", validation))));
  }

  /** A margin that grows because both rewards fall is another matter than one that both make. */
  private static void addRewards(
      List<LineChart> charts, String title, TrainingLog log, String prefix) {
    List<Point> chosen = log.curve(prefix + "chosen");
    List<Point> rejected = log.curve(prefix + "rejected");
    if (!chosen.isEmpty() && !rejected.isEmpty()) {
      charts.add(
          LineChart.of(
              title,
              title
                  + ", by training step"
                  + ends("chosen", chosen)
                  + ends("rejected", rejected)
                  + ".",
              List.of(
                  new Series("chosen", "two", chosen), new Series("rejected", "three", rejected))));
    }
  }

  private static String ends(String name, List<Point> points) {
    return points.isEmpty()
        ? ""
        : "; %s from %s to %s"
            .formatted(
                name,
                Unit.NUMBER.format(points.get(0).y()),
                Unit.NUMBER.format(points.get(points.size() - 1).y()));
  }
}
