package dev.pipeline.train.preference;

/**
 * Odds-ratio preference optimisation, without a reference: Hong et al. 2024, "ORPO: Monolithic
 * Preference Optimization without Reference Model", equations 4, 6 and 7. With a the mean log-prob
 * of an answer's tokens,
 *
 * <pre>
 * -a(c) - beta ln sigmoid(ln odds(c) - ln odds(r)),    ln odds = a - ln(1 - e^a)
 * </pre>
 *
 * <p>The supervised term is over the chosen answer, as in the paper; TRL takes the prompt's tokens
 * into that mean, too.
 *
 * @param beta weight of the odds ratio, the paper's lambda
 */
public record OrpoLoss(double beta, LengthPenalty penalty) implements PreferenceLoss {
  /** An answer that is certain has no finite odds. */
  private static final double CERTAIN = -1e-9;

  @Override
  public PairLoss of(PairLogProbs pair) {
    double chosen = Math.min(pair.chosen().mean(), CERTAIN);
    double rejected = Math.min(pair.rejected().mean(), CERTAIN);
    double margin = logOdds(chosen) - logOdds(rejected) + penalty.of(pair);
    double slope = beta * LogSigmoid.sigmoid(-margin);
    return new PairLoss(
        -chosen - beta * LogSigmoid.of(margin),
        side(pair.chosen(), chosen, -1 + slope / Math.expm1(chosen)),
        side(pair.rejected(), rejected, -slope / Math.expm1(rejected)));
  }

  private static double logOdds(double mean) {
    return mean - Math.log(-Math.expm1(mean));
  }

  private PairLoss.Answer side(AnswerLogProbs answer, double mean, double slope) {
    return new PairLoss.Answer(answer.each(slope / answer.tokens()), beta * mean, mean);
  }

  @Override
  public boolean needsReference() {
    return false;
  }
}
