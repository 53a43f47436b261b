package dev.pipeline.train;

import dev.pipeline.io.Failure;
import dev.pipeline.train.preference.PairLogProbs;
import dev.pipeline.train.preference.PairLoss;
import dev.pipeline.train.preference.PreferenceLoss;
import java.util.List;

/**
 * Before anything is learned the policy is the reference: every margin is 0, and the loss of DPO is
 * ln 2. If it is not, one of the two is not what it is taken for, and training would teach the
 * difference between them.
 */
final class StepZero {
  /** Of an answer's log-prob: what 16-bit numbers differ by when a row has other company. */
  private static final double TOLERANCE = 0.01;

  private StepZero() {}

  /** Refuses to train when {@code pairs} of the first step say that the models differ. */
  static void require(List<PairLogProbs> pairs, PreferenceLoss loss) {
    double found = 0;
    double expected = 0;
    double margin = 0;
    boolean same = true;
    for (PairLogProbs pair : pairs) {
      PairLoss untrained = loss.of(pair.untrained());
      PairLoss now = loss.of(pair);
      found += now.value() / pairs.size();
      expected += untrained.value() / pairs.size();
      margin += now.margin() / pairs.size();
      same &= near(now.chosen(), untrained.chosen()) && near(now.rejected(), untrained.rejected());
    }
    if (!same) {
      throw Failure.trainingStopped(
          "at step 0 the loss is %.4f instead of %.4f and the margin %.4f instead of 0: the adapter that is trained is not the reference"
              .formatted(found, expected, margin),
          "start from the adapter that the reference log-probs are of; remove the run's folder to"
              + " begin anew");
    }
  }

  private static boolean near(PairLoss.Answer now, PairLoss.Answer untrained) {
    double apart = Math.abs(now.logProb() - untrained.logProb());
    return apart <= TOLERANCE * (1 + Math.abs(untrained.logProb()));
  }
}
