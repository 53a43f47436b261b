package dev.pipeline.data.prefer;

/** What became of a pair. */
public sealed interface PairOutcome {
  /** It may be learnt. */
  record Kept(AcceptedPair accepted) implements PairOutcome {}

  /** It may not, and this is why. */
  record Dropped(RejectedPair rejected) implements PairOutcome {}
}
