package dev.pipeline.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Torch;
import dev.pipeline.train.preference.AnswerLogProbs;
import dev.pipeline.train.preference.PairLogProbs;
import dev.pipeline.train.preference.PairLoss;
import dev.pipeline.train.preference.PreferenceLoss;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two models make of a preference pair, so that another stack's numbers can be laid beside
 * ours.
 *
 * @param id the pair
 * @param loss of this pair alone
 * @param margin reward of the chosen answer less that of the rejected one
 */
public record PairFigures(String id, double loss, double margin, Answer chosen, Answer rejected) {
  /**
   * One of the two answers.
   *
   * @param ids all token ids, those of the prompt too
   * @param mask 1 where a token is scored, else 0
   * @param logProb the log-prob that the loss looks at, in nats: a sum, or a mean where it is
   *     normalised
   * @param reward the reward that the policy gives the answer by itself
   * @param logProbs log-prob of each scored token under the policy
   * @param referenceLogProbs the same under the reference; empty, and not in the JSON, for a loss
   *     without one
   */
  public record Answer(
      List<Long> ids,
      List<Integer> mask,
      @JsonProperty("logp") double logProb,
      double reward,
      @JsonProperty("logps") List<Double> logProbs,
      @JsonProperty("reference_logps") @JsonInclude(JsonInclude.Include.NON_EMPTY)
          List<Double> referenceLogProbs) {
    /** Copies the lists. */
    public Answer {
      ids = List.copyOf(ids);
      mask = List.copyOf(mask);
      logProbs = List.copyOf(logProbs);
      referenceLogProbs = List.copyOf(referenceLogProbs);
    }

    private static Answer of(TrainingExample row, AnswerLogProbs seen, PairLoss.Answer graded) {
      return new Answer(
          Arrays.stream(row.ids()).boxed().toList(),
          row.mask(),
          graded.logProb(),
          graded.reward(),
          Arrays.stream(seen.policy()).boxed().toList(),
          Arrays.stream(seen.reference()).boxed().toList());
    }
  }

  /**
   * Pair by pair, each alone in its batch.
   *
   * @param policy an adapter on {@code decoder}, or null for the base alone
   * @param reference likewise
   */
  public static List<PairFigures> of(
      Torch torch,
      Decoder decoder,
      @Nullable LoraAdapter policy,
      @Nullable LoraAdapter reference,
      List<PreferenceRow> rows,
      PreferenceLoss loss) {
    GradientPass pass = new GradientPass(torch, decoder, policy, false, 0);
    return rows.stream()
        .map(
            row -> {
              Batch batch = PairTask.batch(List.of(row));
              float[] frozen =
                  loss.needsReference() ? pass.tokenLosses(batch, reference) : new float[0];
              return of(
                  row, PairTask.logProbs(batch, pass.tokenLosses(batch), frozen).get(0), loss);
            })
        .toList();
  }

  private static PairFigures of(PreferenceRow row, PairLogProbs seen, PreferenceLoss loss) {
    PairLoss graded = loss.of(seen);
    return new PairFigures(
        row.id(),
        graded.value(),
        graded.margin(),
        Answer.of(row.chosen(), seen.chosen(), graded.chosen()),
        Answer.of(row.rejected(), seen.rejected(), graded.rejected()));
  }
}
