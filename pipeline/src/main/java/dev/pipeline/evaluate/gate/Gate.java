package dev.pipeline.evaluate.gate;

import dev.pipeline.config.NearestKey;
import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.PairedDifferences;
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
    return judge(evaluation, Baseline.start(evaluation));
  }

  /**
   * The verdict over {@code evaluation}.
   *
   * @param baseline an earlier model; without one, regressions are not judged
   */
  public Verdict judge(Evaluation evaluation, Optional<Baseline> baseline) {
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

  private static Check check(Bound bound, Evaluation evaluation, Optional<Baseline> baseline) {
    Description metric = Objects.requireNonNull(METRICS.get(bound.metric()), bound.metric());
    return bound.measure().compares()
        ? compared(bound, metric, evaluation, baseline)
        : measured(bound, metric, evaluation.tuned());
  }

  private static Check measured(Bound bound, Description metric, Judgement tuned) {
    Optional<Double> measured =
        score(tuned, bound.metric())
            .map(score -> bound.end() == End.VALUE ? score.value() : worse(bound, score));
    return Check.of(
        bound,
        label(bound, metric.label(), "interval"),
        measured,
        bound.measure().unit(metric.unit()));
  }

  private static double worse(Bound bound, Score score) {
    return bound.measure() == Measure.AT_LEAST ? score.low() : score.high();
  }

  private static Check compared(
      Bound bound, Description metric, Evaluation evaluation, Optional<Baseline> baseline) {
    Optional<Baseline> before =
        bound.measure() == Measure.REGRESSION
            ? baseline
            : Optional.of(new Baseline("the base", evaluation.base()));
    Optional<Difference> difference =
        before.flatMap(known -> difference(bound, metric.better(), evaluation, known.judgement()));
    String interval =
        difference
            .map(found -> found.paired() ? "paired interval" : "unpaired interval")
            .orElse("interval");
    String label = metric.label() + before.map(known -> " against " + known.name()).orElse("");
    return Check.of(
        bound,
        label(bound, label, interval),
        difference
            .map(found -> at(bound.end(), found))
            .map(bound.measure()::gain)
            .filter(Double::isFinite),
        new Standing(metric.better(), bound.measure().unit(metric.unit()), bound.end()));
  }

  private static double at(End end, Difference difference) {
    return switch (end) {
      case VALUE -> difference.value();
      case WORSE -> difference.low();
      case BETTER -> difference.high();
    };
  }

  private static String label(Bound bound, String label, String interval) {
    return bound.end() == End.VALUE ? label : label + ", " + interval;
  }

  private static Optional<Difference> difference(
      Bound bound, Better better, Evaluation evaluation, Judgement before) {
    Optional<Score> later = score(evaluation.tuned(), bound.metric());
    Optional<Score> earlier = score(before, bound.metric());
    if (later.isEmpty() || earlier.isEmpty()) {
      return Optional.empty();
    }
    boolean share = bound.measure() == Measure.GAIN_SHARE;
    if (bound.end() != End.VALUE) {
      PairedDifferences pairs =
          new PairedDifferences(evaluation.rows(), before, evaluation.tuned());
      if (pairs.answeredTheSame(bound.metric())) {
        return share
            ? pairs.times(bound.metric()).map(times -> Difference.pairedShare(better, times))
            : pairs.more(bound.metric()).map(more -> Difference.paired(better, more));
      }
    }
    return share
        ? Difference.share(better, later.get(), earlier.get())
        : Optional.of(Difference.of(better, later.get(), earlier.get()));
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
    if (bound.measure().compares() && metric.better() == Better.NEITHER) {
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
