package dev.pipeline.train.preference;

/**
 * Identity preference optimisation: Azar et al. 2023, "A General Theoretical Paradigm to Understand
 * Learning from Human Preferences", equation 17, on mean log-ratios, as its authors compute it and
 * TRL does. The margin is drawn to {@code 1 / (2 beta)} and no further.
 *
 * @param beta the paper's tau
 */
public record IpoLoss(double beta, LengthPenalty penalty) implements PreferenceLoss {
  @Override
  public PairLoss of(PairLogProbs pair) {
    AnswerLogProbs chosen = pair.chosen();
    AnswerLogProbs rejected = pair.rejected();
    double apart = chosen.ratio() / chosen.tokens() - rejected.ratio() / rejected.tokens();
    double missing = apart + penalty.of(pair) / beta - 1 / (2 * beta);
    return new PairLoss(missing * missing, side(chosen, 2 * missing), side(rejected, -2 * missing));
  }

  private PairLoss.Answer side(AnswerLogProbs answer, double slope) {
    return new PairLoss.Answer(
        answer.each(slope / answer.tokens()), beta * answer.ratio(), answer.sum());
  }
}
