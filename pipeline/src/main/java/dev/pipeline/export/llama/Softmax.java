package dev.pipeline.export.llama;

/** Softmax in double precision. */
final class Softmax {
  private Softmax() {}

  /** Natural logarithm of the probability of {@code index} under logits of shape (vocabulary). */
  static double logProbability(float[] logits, int index) {
    return logits[index] - normaliser(logits);
  }

  /** Probabilities of shape (vocabulary) after dividing the logits by {@code temperature}. */
  static double[] probabilities(float[] logits, double temperature) {
    double greatest = greatest(logits);
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = Math.exp((logits[i] - greatest) / temperature);
      sum += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }

  /** Kullback-Leibler divergence of softmax({@code logits}) from softmax(other), in nats. */
  static double divergence(float[] other, float[] logits) {
    double normaliser = normaliser(logits);
    double otherNormaliser = normaliser(other);
    double divergence = 0;
    for (int token = 0; token < other.length; token++) {
      double otherLog = other[token] - otherNormaliser;
      divergence += Math.exp(otherLog) * (otherLog - (logits[token] - normaliser));
    }
    // Rounding may leave equal distributions a hair below 0.
    return Math.max(0, divergence);
  }

  /** The likeliest token; of equal ones the first. */
  static int top(float[] logits) {
    int top = 0;
    for (int token = 1; token < logits.length; token++) {
      top = logits[token] > logits[top] ? token : top;
    }
    return top;
  }

  private static double normaliser(float[] logits) {
    double greatest = greatest(logits);
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - greatest);
    }
    return greatest + Math.log(sum);
  }

  private static double greatest(float[] logits) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      greatest = Math.max(greatest, logit);
    }
    return greatest;
  }
}
