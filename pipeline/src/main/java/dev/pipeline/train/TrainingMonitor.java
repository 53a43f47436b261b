package dev.pipeline.train;

/** What a run tells the outside while it goes on, and what the outside may ask of it. */
public interface TrainingMonitor {
  /** After each optimiser step. */
  void step(Progress progress);

  /** After the hold-out was evaluated, with its loss in nats a token. */
  void evaluated(int step, double loss, boolean best);

  /** Whether to stop after this step; a checkpoint is written first. */
  boolean stopRequested();

  /**
   * One optimiser step.
   *
   * @param step steps done
   * @param totalSteps steps of the run
   * @param loss mean cross-entropy over the step's trained tokens, in nats
   * @param learningRate the step's learning rate
   * @param tokensPerSecond tokens without padding, this step
   */
  record Progress(
      int step, int totalSteps, double loss, double learningRate, double tokensPerSecond) {}
}
