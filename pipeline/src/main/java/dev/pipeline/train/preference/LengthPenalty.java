package dev.pipeline.train.preference;

/**
 * A price on tokens beyond a limit: the reward of an answer y is lowered by {@code weight * max(0,
 * |y| - limit)}. After Park et al. 2024, "Disentangling Length from Quality in Direct Preference
 * Optimization", equation 9, whose price is on every token. What the policy itself has to say then
 * is its margin plus {@code weight * (excess(chosen) - excess(rejected))}: a pair whose rejected
 * answer is too long teaches more, one whose chosen answer is too long teaches less.
 *
 * @param limit tokens that are free
 * @param weight price of each further token, in units of reward; 0 for none
 */
public record LengthPenalty(int limit, double weight) {
  /** Answers of any length are as good. */
  public static final LengthPenalty NONE = new LengthPenalty(0, 0);

  /** What is added to a pair's margin. */
  double of(PairLogProbs pair) {
    return weight * (excess(pair.chosen()) - excess(pair.rejected()));
  }

  private int excess(AnswerLogProbs answer) {
    return Math.max(0, answer.tokens() - limit);
  }
}
