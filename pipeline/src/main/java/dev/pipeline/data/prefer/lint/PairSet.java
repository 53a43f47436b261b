package dev.pipeline.data.prefer.lint;

import dev.pipeline.data.Sample;
import dev.pipeline.data.dedup.SimilarTexts;
import dev.pipeline.data.lint.TokenCounter;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RejectedPair;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All that a rule may look at.
 *
 * @param train pairs to learn from
 * @param validation pairs held out
 * @param rejected lines and pairs left out
 * @param trainedRows rows that the model was tuned on before
 * @param heldOutRows rows that it will be judged on
 * @param similar makes an empty index of texts with the dataset's own bounds
 * @param tokens counts as the base model's tokenizer does
 */
public record PairSet(
    List<PreferencePair> train,
    List<PreferencePair> validation,
    List<RejectedPair> rejected,
    List<Sample> trainedRows,
    List<Sample> heldOutRows,
    Supplier<SimilarTexts> similar,
    TokenCounter tokens) {
  /** Copies the lists. */
  public PairSet {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
    rejected = List.copyOf(rejected);
    trainedRows = List.copyOf(trainedRows);
    heldOutRows = List.copyOf(heldOutRows);
  }

  /** Kept pairs, both parts. */
  public List<PreferencePair> pairs() {
    return Stream.concat(train.stream(), validation.stream()).toList();
  }
}
