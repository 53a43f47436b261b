package dev.pipeline.train.preference;

/**
 * Simple preference optimisation, without a reference: Meng et al. 2024, "SimPO: Simple Preference
 * Optimization with a Reference-Free Reward", equation 6. With a the mean log-prob of an answer's
 * tokens, {@code -ln sigmoid(beta (a(c) - a(r)) - gamma)}.
 *
 * @param beta scale of the rewards; 2 to 2.5 in the paper
 * @param gamma margin by which the chosen answer is to win; 0.3 to 1.6 in the paper
 */
public record SimpoLoss(double beta, double gamma, LengthPenalty penalty)
    implements PreferenceLoss {
  @Override
  public PairLoss of(PairLogProbs pair) {
    double apart = pair.chosen().mean() - pair.rejected().mean();
    double margin = beta * apart - gamma + penalty.of(pair);
    double slope = -beta * LogSigmoid.sigmoid(-margin);
    return new PairLoss(
        -LogSigmoid.of(margin), side(pair.chosen(), slope), side(pair.rejected(), -slope));
  }

  private PairLoss.Answer side(AnswerLogProbs answer, double slope) {
    return new PairLoss.Answer(
        answer.each(slope / answer.tokens()), beta * answer.mean(), answer.mean());
  }

  @Override
  public boolean needsReference() {
    return false;
  }
}
