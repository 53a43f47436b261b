package dev.pipeline.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Torch;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model makes of a row, so that another stack's numbers can be laid beside ours.
 *
 * @param id the row
 * @param loss mean over its trained tokens, in nats, without dropout or noise
 * @param trainedTokens tokens that carry loss
 * @param ids all token ids
 * @param mask 1 where a token carries loss, else 0
 */
public record RowLoss(
    String id,
    double loss,
    @JsonProperty("trained_tokens") int trainedTokens,
    List<Long> ids,
    List<Integer> mask) {
  public RowLoss {
    ids = List.copyOf(ids);
    mask = List.copyOf(mask);
  }

  /** Row by row, each alone in its batch. */
  public static List<RowLoss> of(
      Torch torch, Decoder decoder, @Nullable LoraAdapter adapter, List<TrainingExample> examples) {
    GradientPass pass = new GradientPass(torch, decoder, adapter, false, 0);
    return examples.stream().map(example -> of(pass, example)).toList();
  }

  private static RowLoss of(GradientPass pass, TrainingExample example) {
    Batch batch = Batch.of(List.of(example));
    return new RowLoss(
        example.id(),
        pass.evaluate(batch) / batch.trainedTokens(),
        batch.trainedTokens(),
        Arrays.stream(example.ids()).boxed().toList(),
        example.mask());
  }
}
