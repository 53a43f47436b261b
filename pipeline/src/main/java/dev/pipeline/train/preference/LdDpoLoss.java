package dev.pipeline.train.preference;

/**
 * Length-desensitised DPO: Liu et al. 2024, "Length Desensitization in Direct Preference
 * Optimization", equation 10. The tokens by which one answer is longer than the other count by
 * {@code alpha}: with 1 it is DPO, with 0 only as many tokens count as both answers have.
 *
 * @param beta how dear it is to leave the reference
 * @param alpha weight of the tokens beyond the shorter answer's length, 0 to 1
 */
public record LdDpoLoss(double beta, double alpha, LengthPenalty penalty)
    implements PreferenceLoss {
  @Override
  public PairLoss of(PairLogProbs pair) {
    int shared = Math.min(pair.chosen().tokens(), pair.rejected().tokens());
    double chosen = beta * pair.chosen().ratio(token -> weight(token, shared));
    double rejected = beta * pair.rejected().ratio(token -> weight(token, shared));
    double margin = chosen - rejected + penalty.of(pair);
    double slope = -beta * LogSigmoid.sigmoid(-margin);
    return new PairLoss(
        -LogSigmoid.of(margin),
        side(pair.chosen(), shared, slope, chosen),
        side(pair.rejected(), shared, -slope, rejected));
  }

  private double weight(int token, int shared) {
    return token < shared ? 1 : alpha;
  }

  private PairLoss.Answer side(AnswerLogProbs answer, int shared, double slope, double reward) {
    double[] gradient = answer.each(slope);
    double sum = 0;
    for (int token = 0; token < gradient.length; token++) {
      gradient[token] *= weight(token, shared);
      sum += weight(token, shared) * answer.policy()[token];
    }
    return new PairLoss.Answer(gradient, reward, sum);
  }
}
