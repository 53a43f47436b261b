package dev.pipeline.evaluate;

import dev.pipeline.evaluate.Check.Comparison;
import dev.pipeline.evaluate.metric.EndsByItself;
import dev.pipeline.evaluate.metric.HoldoutLoss;
import dev.pipeline.evaluate.metric.LeakRate;
import dev.pipeline.evaluate.metric.LengthPercentile;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.metric.StylePassRate;
import dev.pipeline.evaluate.metric.Unit;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Holds an evaluation to its bounds. What was not measured on every row fails. */
public final class Gate {
  private final GateBounds bounds;

  /** A gate with these bounds. */
  public Gate(GateBounds bounds) {
    this.bounds = bounds;
  }

  /** The verdict over {@code evaluation}. */
  public Verdict judge(Evaluation evaluation) {
    return Verdict.of(
        List.of(
            Check.of(
                "loss_improvement",
                "hold-out loss improvement",
                Comparison.AT_LEAST,
                bounds.lossImprovement(),
                compared(evaluation, HoldoutLoss.NAME, (base, tuned) -> (base - tuned) / base),
                Unit.SHARE),
            Check.of(
                "style_pass_gain",
                "style pass rate gain",
                Comparison.AT_LEAST,
                bounds.stylePassGain(),
                compared(evaluation, StylePassRate.NAME, (base, tuned) -> tuned - base),
                Unit.POINTS),
            tuned(
                evaluation,
                LengthPercentile.name(90),
                "length P90",
                Comparison.BELOW,
                bounds.lengthP90(),
                Unit.TOKENS),
            tuned(
                evaluation,
                EndsByItself.NAME,
                "answers that end by themselves",
                Comparison.AT_LEAST,
                bounds.endsByItself(),
                Unit.SHARE),
            tuned(
                evaluation,
                LeakRate.NAME,
                "answers that leak",
                Comparison.AT_MOST,
                bounds.leakRate(),
                Unit.SHARE)));
  }

  private static Check tuned(
      Evaluation evaluation,
      String metric,
      String label,
      Comparison comparison,
      double bound,
      Unit unit) {
    Double measured = value(evaluation.tuned(), metric);
    return Check.of(metric, label, comparison, bound, measured, unit);
  }

  private static @Nullable Double compared(
      Evaluation evaluation, String metric, DoubleBinaryOperator comparison) {
    Double base = value(evaluation.base(), metric);
    Double tuned = value(evaluation.tuned(), metric);
    if (base == null || tuned == null) {
      return null;
    }
    double compared = comparison.applyAsDouble(base, tuned);
    return Double.isFinite(compared) ? compared : null;
  }

  /** A score over fewer rows than the hold-out has may hide just the bad ones. */
  private static @Nullable Double value(Judgement judgement, String metric) {
    return judgement
        .metric(metric)
        .filter(score -> score.n() == judgement.rows().size())
        .map(Score::value)
        .orElse(null);
  }
}
