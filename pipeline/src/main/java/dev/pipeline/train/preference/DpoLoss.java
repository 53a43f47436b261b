package dev.pipeline.train.preference;

/**
 * Direct preference optimisation: Rafailov et al. 2023, "Direct Preference Optimization: Your
 * Language Model is Secretly a Reward Model", equation 7, with the label smoothing of Mitchell
 * 2023, "A note on DPO with noisy preferences &amp; relationship to IPO", equation 3 (cDPO):
 *
 * <pre>
 * m = beta (log p(c) / q(c) - log p(r) / q(r)),    -(1 - s) ln sigmoid(m) - s ln sigmoid(-m)
 * </pre>
 *
 * @param beta how dear it is to leave the reference
 * @param labelSmoothing share s of the pairs that are thought to be labelled the wrong way round
 */
public record DpoLoss(double beta, double labelSmoothing, LengthPenalty penalty)
    implements PreferenceLoss {
  @Override
  public PairLoss of(PairLogProbs pair) {
    double chosen = beta * pair.chosen().ratio();
    double rejected = beta * pair.rejected().ratio();
    double margin = chosen - rejected + penalty.of(pair);
    double value =
        -(1 - labelSmoothing) * LogSigmoid.of(margin) - labelSmoothing * LogSigmoid.of(-margin);
    double slope = beta * (labelSmoothing - LogSigmoid.sigmoid(-margin));
    return new PairLoss(
        value,
        new PairLoss.Answer(pair.chosen().each(slope), chosen, pair.chosen().sum()),
        new PairLoss.Answer(pair.rejected().each(-slope), rejected, pair.rejected().sum()));
  }
}
