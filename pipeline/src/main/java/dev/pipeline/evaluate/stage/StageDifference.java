package dev.pipeline.evaluate.stage;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * How far a stage's next-token distributions are from those of the stage before.
 *
 * @param stage the later of the two
 * @param positions distributions compared
 * @param divergence mean Kullback-Leibler divergence of the later from the earlier, in nats
 * @param worstDivergence the greatest at any position
 * @param agreement share of positions where both prefer the same token
 * @param withinBounds whether both means keep the stage's bounds
 */
public record StageDifference(
    Stage stage,
    int positions,
    double divergence,
    @JsonProperty("worst_divergence") double worstDivergence,
    double agreement,
    @JsonProperty("within_bounds") boolean withinBounds) {

  /**
   * Compares logits.
   *
   * @param before shape [positions][V]
   * @param after shape [positions][V]
   */
  public static StageDifference of(Stage stage, List<float[]> before, List<float[]> after) {
    if (before.isEmpty() || before.size() != after.size()) {
      throw new IllegalArgumentException(before.size() + " positions against " + after.size());
    }
    double sum = 0;
    double worst = 0;
    int agreeing = 0;
    for (int i = 0; i < before.size(); i++) {
      double divergence = divergence(before.get(i), after.get(i));
      sum += divergence;
      worst = Math.max(worst, divergence);
      agreeing += top(before.get(i)) == top(after.get(i)) ? 1 : 0;
    }
    double mean = sum / before.size();
    double agreement = (double) agreeing / before.size();
    // Not a comparison the other way round: what is not a number keeps no bound.
    boolean within = mean <= stage.mostDivergence() && agreement >= stage.leastAgreement();
    return new StageDifference(stage, before.size(), mean, worst, agreement, within);
  }

  /** Kullback-Leibler divergence of softmax(after) from softmax(before), in nats. */
  static double divergence(float[] before, float[] after) {
    if (before.length != after.length) {
      throw new IllegalArgumentException(before.length + " tokens against " + after.length);
    }
    double normaliserBefore = logSumExp(before);
    double normaliserAfter = logSumExp(after);
    double divergence = 0;
    for (int token = 0; token < before.length; token++) {
      double logBefore = before[token] - normaliserBefore;
      double logAfter = after[token] - normaliserAfter;
      divergence += Math.exp(logBefore) * (logBefore - logAfter);
    }
    // Rounding may leave equal distributions a hair below 0.
    return Math.max(0, divergence);
  }

  private static double logSumExp(float[] logits) {
    double most = logits[top(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - most);
    }
    return most + Math.log(sum);
  }

  private static int top(float[] logits) {
    int top = 0;
    for (int token = 1; token < logits.length; token++) {
      top = logits[token] > logits[top] ? token : top;
    }
    return top;
  }
}
