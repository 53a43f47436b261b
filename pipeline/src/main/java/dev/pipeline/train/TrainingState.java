package dev.pipeline.train;

/**
 * Where a run stands. With the tensors beside it, all that a resumed run needs: order and dropout
 * are functions of seed and place.
 *
 * @param step optimiser steps done
 * @param tokens tokens seen, padding not counted
 * @param bestStep step of the lowest hold-out loss so far, 0 for none
 * @param bestLoss that loss, in nats a token
 * @param evaluationsSinceBest evaluations after it
 */
record TrainingState(
    int step, long tokens, int bestStep, double bestLoss, int evaluationsSinceBest) {
  static TrainingState start() {
    return new TrainingState(0, 0, 0, Double.MAX_VALUE, 0);
  }

  TrainingState stepped(int batchTokens) {
    return new TrainingState(
        step + 1, tokens + batchTokens, bestStep, bestLoss, evaluationsSinceBest);
  }

  TrainingState evaluated(double loss) {
    return loss < bestLoss
        ? new TrainingState(step, tokens, step, loss, 0)
        : new TrainingState(step, tokens, bestStep, bestLoss, evaluationsSinceBest + 1);
  }
}
