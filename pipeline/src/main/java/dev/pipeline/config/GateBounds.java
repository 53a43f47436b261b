package dev.pipeline.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code configs/gate.yaml}: what a judged model must reach to be released. Below the name of each
 * metric stand the bounds on it; shares are fractions. A bound on the interval holds when the worse
 * end of the 95 % interval keeps it.
 *
 * @param atLeast the tuned model's score, not less
 * @param atMost the tuned model's score, not more
 * @param below the tuned model's score, strictly less
 * @param gain by how much tuned must be better than base, in the metric's unit; below 0 it may be
 *     so much worse
 * @param gainShare by which share of the base's score tuned must be better; below 0 it may be so
 *     much worse
 * @param regression by how much tuned may be worse than the baseline run's, in the metric's unit;
 *     judged when a baseline is given
 * @param intervalAtLeast at_least for the lower end of the interval
 * @param intervalAtMost at_most for the upper end of the interval
 * @param intervalBelow below for the upper end of the interval
 * @param intervalGain gain for the lower end of the difference's interval
 * @param intervalGainShare gain_share for the lower end of the difference's interval; wants scores
 *     whose intervals lie above 0
 * @param intervalRegression regression for the upper end of the difference's interval: that it is
 *     not worse must be shown
 * @param significantRegression regression for the lower end of the difference's interval: only what
 *     is worse beyond chance fails
 */
public record GateBounds(
    Optional<Double> atLeast,
    Optional<Double> atMost,
    Optional<Double> below,
    Optional<Double> gain,
    Optional<Double> gainShare,
    Optional<Double> regression,
    Optional<Double> intervalAtLeast,
    Optional<Double> intervalAtMost,
    Optional<Double> intervalBelow,
    Optional<Double> intervalGain,
    Optional<Double> intervalGainShare,
    Optional<Double> intervalRegression,
    Optional<Double> significantRegression) {
  /** No bound. */
  static final GateBounds NONE =
      new GateBounds(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Refuses what no score can be compared with. */
  public GateBounds {
    regression.ifPresent(value -> Check.notNegative("regression", value));
    significantRegression.ifPresent(value -> Check.notNegative("significant_regression", value));
  }

  /** The bounds that stand in the file, by key. */
  public Map<String, Double> given() {
    Map<String, Double> given = new LinkedHashMap<>();
    RecordBinder.values(this)
        .forEach(
            (key, value) -> {
              if (value instanceof Optional<?> bound && bound.isPresent()) {
                given.put(key, (Double) bound.get());
              }
            });
    return given;
  }
}
