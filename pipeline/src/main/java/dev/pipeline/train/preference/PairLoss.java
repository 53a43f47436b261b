package dev.pipeline.train.preference;

/**
 * What a pair comes to.
 *
 * @param value the loss
 */
public record PairLoss(double value, Answer chosen, Answer rejected) {
  /**
   * One of the two answers.
   *
   * @param gradient derivative of the loss with respect to the policy's log-prob of each token
   * @param reward the reward that the policy gives the answer by itself
   * @param logProb the log-prob that the loss looks at: a sum, or a mean where it is normalised
   */
  public record Answer(double[] gradient, double reward, double logProb) {}

  /** By how much the policy prefers the chosen answer. */
  public double margin() {
    return chosen.reward() - rejected.reward();
  }
}
