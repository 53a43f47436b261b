package dev.pipeline.jobs;

import dev.pipeline.evaluate.report.Point;
import dev.pipeline.evaluate.report.TrainingLog;
import java.util.List;
import java.util.Optional;

/**
 * How far a training is and how long it will take, by the metrics that it writes after each step.
 *
 * @param step the last one done
 * @param steps of the whole training
 * @param secondsLeft at the speed of the last steps
 * @param loss of the last step
 * @param tokensPerSecond of the last step
 */
public record TrainingPace(
    int step, int steps, double secondsLeft, double loss, double tokensPerSecond) {
  /** Steps whose mean speed the rest is reckoned with. */
  private static final int RECENT = 20;

  /** The pace of {@code log}; empty before the first step. */
  static Optional<TrainingPace> of(TrainingLog log, int epochs) {
    List<Point> loss = log.curve("loss");
    List<Point> epoch = log.curve("epoch");
    List<Point> speed = log.curve("tokens_per_second");
    if (loss.isEmpty() || epoch.isEmpty() || speed.isEmpty()) {
      return Optional.empty();
    }
    int step = (int) last(loss).x();
    int steps = (int) Math.round(epochs * last(epoch).x() / last(epoch).y());
    double left = (steps - step) * secondsPerStep(log.curve("tokens"), speed);
    return Optional.of(new TrainingPace(step, steps, left, last(loss).y(), last(speed).y()));
  }

  /** {@code tokens} counts from the beginning; their growth over the speed is a step's time. */
  private static double secondsPerStep(List<Point> tokens, List<Point> speed) {
    int count = Math.min(tokens.size(), speed.size());
    int first = Math.max(0, count - RECENT);
    double seconds = 0;
    for (int i = first; i < count; i++) {
      double before = i == 0 ? 0 : tokens.get(i - 1).y();
      seconds += (tokens.get(i).y() - before) / speed.get(i).y();
    }
    return count == 0 ? 0 : seconds / (count - first);
  }

  private static Point last(List<Point> points) {
    return points.get(points.size() - 1);
  }
}
