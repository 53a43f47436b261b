package dev.pipeline.train.preference;

/** Two answers to one prompt, of which a reviewer preferred the first. */
public record PairLogProbs(AnswerLogProbs chosen, AnswerLogProbs rejected) {
  /** The pair as if nothing had been trained yet. */
  public PairLogProbs untrained() {
    return new PairLogProbs(chosen.untrained(), rejected.untrained());
  }
}
