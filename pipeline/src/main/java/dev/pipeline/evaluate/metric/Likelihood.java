package dev.pipeline.evaluate.metric;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How probable a model finds the reference answer.
 *
 * @param negativeLogLikelihood sum over the scored tokens, in nats
 * @param tokens scored tokens: the answer's and its terminator
 */
public record Likelihood(
    @JsonProperty("negative_log_likelihood") double negativeLogLikelihood, int tokens) {

  /** Sums the natural log-probabilities of the answer's tokens, one value a token. */
  public static Likelihood of(float[] logProbabilities) {
    double sum = 0;
    for (float logProbability : logProbabilities) {
      sum -= logProbability;
    }
    return new Likelihood(sum, logProbabilities.length);
  }
}
