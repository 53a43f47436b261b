package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.train.preference.AnswerLogProbs;
import dev.pipeline.train.preference.PairLogProbs;
import dev.pipeline.train.preference.PairLoss;
import dev.pipeline.train.preference.PreferenceLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Preference pairs that go through the model together, the chosen answers above the rejected ones.
 *
 * @param batch of {@link #batch(List)}
 */
record PairTask(List<PreferenceRow> pairs, Batch batch, PreferenceLoss loss, Reference reference)
    implements Task {
  PairTask(List<PreferenceRow> pairs, PreferenceLoss loss, Reference reference) {
    this(pairs, batch(pairs), loss, reference);
  }

  /** Both answers of each pair: {@code [2 pairs, length]}. */
  static Batch batch(List<PreferenceRow> pairs) {
    return Batch.of(
        Stream.concat(
                pairs.stream().map(PreferenceRow::chosen),
                pairs.stream().map(PreferenceRow::rejected))
            .toList());
  }

  @Override
  public int size() {
    return pairs.size();
  }

  @Override
  public Share accumulate(Replica replica, double total, long seed) {
    float[] frozen = reference.tokenLosses(replica, pairs, batch);
    List<PairLoss> graded = new ArrayList<>();
    replica
        .pass()
        .accumulateWeighted(
            batch,
            seed,
            losses -> {
              logProbs(batch, losses, frozen).forEach(pair -> graded.add(loss.of(pair)));
              return weights(graded, losses.length, total);
            });
    return PairMetrics.of(graded).over(total);
  }

  @Override
  public Share evaluate(Replica replica) {
    return PairMetrics.of(logProbs(replica).stream().map(loss::of).toList());
  }

  /** What both models make of the pairs, without gradients or dropout. */
  List<PairLogProbs> logProbs(Replica replica) {
    return logProbs(
        batch, replica.pass().tokenLosses(batch), reference.tokenLosses(replica, pairs, batch));
  }

  /**
   * The pairs of {@code batch}.
   *
   * @param policy {@code -log p} of each answer's tokens, in reading order
   * @param frozen the same of the reference, or empty
   */
  static List<PairLogProbs> logProbs(Batch batch, float[] policy, float[] frozen) {
    List<AnswerLogProbs> answers = new ArrayList<>();
    int from = 0;
    for (TrainingExample answer : batch.examples()) {
      int to = from + PreferenceRow.scored(answer);
      answers.add(new AnswerLogProbs(negated(policy, from, to), negated(frozen, from, to)));
      from = to;
    }
    List<PairLogProbs> found = new ArrayList<>();
    int pairs = answers.size() / 2;
    for (int pair = 0; pair < pairs; pair++) {
      found.add(new PairLogProbs(answers.get(pair), answers.get(pairs + pair)));
    }
    return found;
  }

  private static double[] negated(float[] losses, int from, int to) {
    double[] logProbs = new double[losses.length == 0 ? 0 : to - from];
    for (int i = 0; i < logProbs.length; i++) {
      logProbs[i] = -losses[from + i];
    }
    return logProbs;
  }

  /** Derivatives of the mean loss with respect to each token's {@code -log p}. */
  private static float[] weights(List<PairLoss> graded, int tokens, double total) {
    float[] weights = new float[tokens];
    int at = 0;
    for (double[] gradient :
        Stream.concat(
                graded.stream().map(pair -> pair.chosen().gradient()),
                graded.stream().map(pair -> pair.rejected().gradient()))
            .toList()) {
      for (double slope : gradient) {
        weights[at++] = (float) (-slope / total);
      }
    }
    return weights;
  }
}
