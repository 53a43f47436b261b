package dev.pipeline.train.preference;

/**
 * A loss of one pair. A step's loss is the mean over its pairs. All arithmetic is in doubles; the
 * gradient is written out, so that it can be laid beside that of another implementation.
 */
public interface PreferenceLoss {
  /** Loss, rewards and gradients of {@code pair}. */
  PairLoss of(PairLogProbs pair);

  /** Whether the policy is compared with the model it started from. */
  default boolean needsReference() {
    return true;
  }
}
