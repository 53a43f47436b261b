package dev.pipeline.evaluate.gate;

import dev.pipeline.config.NearestKey;
import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Metric.Description;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.metric.Unit;
import dev.pipeline.evaluate.suite.Suites;
import dev.pipeline.io.Failure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds an evaluation to its bounds. What was not measured on every row fails. */
public final class Gate {
  private static final Map<String, Description> METRICS =
      Suites.descriptions().stream()
          .collect(Collectors.toUnmodifiableMap(Description::name, Function.identity()));

  private final List<Bound> bounds;

  /**
   * A gate with these bounds.
   *
   * @throws Failure when one names a metric that does not exist or has no better direction
   */
  public Gate(List<Bound> bounds) {
    this.bounds = List.copyOf(bounds);
    if (bounds.isEmpty()) {
      throw Failure.usage("the gate has no bounds", "write some, as configs/gate.yaml does");
    }
    bounds.forEach(Gate::requireKnown);
  }

  /**
   * The verdict over {@code evaluation}, whose regressions are judged against the model that
   * training started from.
   */
  public Verdict judge(Evaluation evaluation) {
    return judge(evaluation, evaluation.start());
  }

  /**
   * The verdict over {@code evaluation}.
   *
   * @param baseline an earlier model; without one, regressions are not judged
   */
  public Verdict judge(Evaluation evaluation, Optional<Judgement> baseline) {
    List<Bound> judged =
        bounds.stream()
            .filter(bound -> bound.measure() != Measure.REGRESSION || baseline.isPresent())
            .toList();
    if (judged.isEmpty()) {
      throw Failure.usage(
          "the gate bounds nothing but regressions, and there is no baseline",
          "give --baseline, or bound a score itself");
    }
    return Verdict.of(judged.stream().map(bound -> check(bound, evaluation, baseline)).toList());
  }

  private static Check check(Bound bound, Evaluation evaluation, Optional<Judgement> baseline) {
    Description metric = Objects.requireNonNull(METRICS.get(bound.metric()), bound.metric());
    String label = bound.measure().label(metric.label());
    return Check.of(
        bound.name(),
        bound.wholeInterval() ? label + ", interval" : label,
        bound.measure().comparison(),
        bound.value(),
        measured(bound, metric.better(), evaluation, baseline)
            .filter(Double::isFinite)
            .orElse(null),
        bound.measure().unit(metric.unit()));
  }

  private static Optional<Double> measured(
      Bound bound, Better better, Evaluation evaluation, Optional<Judgement> baseline) {
    Optional<Score> tuned = score(evaluation.tuned(), bound.metric());
    Optional<Score> before =
        bound.measure() == Measure.REGRESSION
            ? baseline.flatMap(earlier -> score(earlier, bound.metric()))
            : score(evaluation.base(), bound.metric());
    return tuned.flatMap(
        score ->
            switch (bound.measure()) {
              case AT_LEAST -> Optional.of(bound.wholeInterval() ? score.low() : score.value());
              case AT_MOST, BELOW ->
                  Optional.of(bound.wholeInterval() ? score.high() : score.value());
              case GAIN -> before.map(base -> gain(bound, Difference.of(better, score, base)));
              case GAIN_SHARE ->
                  before
                      .flatMap(base -> Difference.share(better, score, base))
                      .map(gain -> gain(bound, gain));
              case REGRESSION ->
                  before.map(earlier -> loss(bound, Difference.of(better, score, earlier)));
            });
  }

  private static double gain(Bound bound, Difference difference) {
    return bound.wholeInterval() ? difference.low() : difference.value();
  }

  private static double loss(Bound bound, Difference difference) {
    // Subtracted, as a negated 0 would be printed as -0.
    return 0 - gain(bound, difference);
  }

  /** A score over fewer rows than were to be judged may hide just the bad ones. */
  private static Optional<Score> score(Judgement judgement, String metric) {
    return judgement.metric(metric).filter(score -> score.n() == judgement.rowsOf(metric));
  }

  private static void requireKnown(Bound bound) {
    Description metric = METRICS.get(bound.metric());
    if (metric == null) {
      throw Failure.usage(
          "the gate bounds \"" + bound.metric() + "\", which is no metric",
          NearestKey.fix(bound.metric(), METRICS.keySet()));
    }
    if (bound.measure().needsDirection() && metric.better() == Better.NEITHER) {
      throw Failure.usage(
          bound.metric() + " has no better direction, so that nothing gains or regresses",
          "bound it with at_least or at_most");
    }
    if (metric.unit() == Unit.SHARE && !bound.measure().isPossibleShare(bound.value())) {
      throw Failure.usage(
          bound.name() + " is " + bound.value() + ", which no share reaches",
          "write a fraction, such as 0.95 for 95 %");
    }
  }
}
