package dev.pipeline.train.preference;

/**
 * DPO on the mean log-ratio of an answer's tokens instead of their sum, so that a long answer does
 * not weigh more: Lambert et al. 2024, "Tulu 3: Pushing Frontiers in Open Language Model
 * Post-Training", equation 6. TRL calls it {@code sigmoid_norm}.
 *
 * @param beta how dear it is to leave the reference; as the ratios are means, some 5 to 10
 */
public record NormalisedDpoLoss(double beta, LengthPenalty penalty) implements PreferenceLoss {
  @Override
  public PairLoss of(PairLogProbs pair) {
    AnswerLogProbs chosen = pair.chosen();
    AnswerLogProbs rejected = pair.rejected();
    double apart = chosen.ratio() / chosen.tokens() - rejected.ratio() / rejected.tokens();
    double margin = beta * apart + penalty.of(pair);
    double slope = -beta * LogSigmoid.sigmoid(-margin);
    return new PairLoss(-LogSigmoid.of(margin), side(chosen, slope), side(rejected, -slope));
  }

  private PairLoss.Answer side(AnswerLogProbs answer, double slope) {
    return new PairLoss.Answer(
        answer.each(slope / answer.tokens()), beta * answer.ratio(), answer.sum());
  }
}
