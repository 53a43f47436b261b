package dev.pipeline.train;

import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.data.Sample;

/**
 * A curated row as the trainer sees it.
 *
 * @param example its tokens and what of them is learned
 * @param shortened whether its context had to give way
 * @param fits whether it is trained on; one that is too long even without context is left out
 */
public record SftRow(TrainingExample example, boolean shortened, boolean fits) {
  /** Renders {@code row} to at most {@code sequenceLength} tokens, if that can be done. */
  public static SftRow of(Sample row, NegotiationPrompt prompt, int sequenceLength) {
    String context =
        prompt.fit(row.id(), row.context(), row.instruction(), row.idealAnswer(), sequenceLength);
    TrainingExample example =
        prompt.example(row.id(), context, row.instruction(), row.idealAnswer());
    return new SftRow(
        example, !context.equals(row.context()), example.ids().length <= sequenceLength);
  }
}
