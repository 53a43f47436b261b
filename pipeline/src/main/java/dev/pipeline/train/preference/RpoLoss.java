package dev.pipeline.train.preference;

import java.util.Arrays;

/**
 * Another loss plus that of supervised fine-tuning on the chosen answer, which keeps its
 * probability from falling along with the rejected one's: Pang et al. 2024, "Iterative Reasoning
 * Preference Optimization", equation 1, {@code alpha} times the mean -log p of the chosen tokens.
 *
 * @param preference what it is added to
 * @param alpha weight of the supervised term; 1 in the paper
 */
public record RpoLoss(PreferenceLoss preference, double alpha) implements PreferenceLoss {
  @Override
  public PairLoss of(PairLogProbs pair) {
    PairLoss loss = preference.of(pair);
    AnswerLogProbs chosen = pair.chosen();
    PairLoss.Answer before = loss.chosen();
    double[] gradient =
        Arrays.stream(before.gradient()).map(slope -> slope - alpha / chosen.tokens()).toArray();
    return new PairLoss(
        loss.value() - alpha * chosen.mean(),
        new PairLoss.Answer(gradient, before.reward(), before.logProb()),
        loss.rejected());
  }

  @Override
  public boolean needsReference() {
    return preference.needsReference();
  }
}
