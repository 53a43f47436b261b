package dev.pipeline.train.preference;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * What two models make of an answer, token by token, in nats.
 *
 * @param policy log-prob of each token under the model that is trained
 * @param reference the same under the model it started from; empty for a loss without a reference
 */
public record AnswerLogProbs(double[] policy, double[] reference) {
  /** Refuses models that saw different tokens, and answers without any. */
  public AnswerLogProbs {
    if (policy.length == 0 || (reference.length != 0 && reference.length != policy.length)) {
      throw new IllegalArgumentException(policy.length + " tokens, " + reference.length);
    }
  }

  /** Tokens of the answer, its terminator included. */
  public int tokens() {
    return policy.length;
  }

  /** The answer as if nothing had been trained yet. */
  public AnswerLogProbs untrained() {
    return new AnswerLogProbs(reference, reference);
  }

  double sum() {
    return Arrays.stream(policy).sum();
  }

  double mean() {
    return sum() / tokens();
  }

  /** Sum of log (policy / reference). */
  double ratio() {
    return ratio(token -> 1);
  }

  /** The same, each token weighted. */
  double ratio(IntToDoubleFunction weight) {
    double sum = 0;
    for (int token = 0; token < policy.length; token++) {
      sum += weight.applyAsDouble(token) * (policy[token] - reference[token]);
    }
    return sum;
  }

  /** As many numbers as there are tokens, all {@code value}. */
  double[] each(double value) {
    double[] values = new double[tokens()];
    Arrays.fill(values, value);
    return values;
  }
}
