package dev.pipeline.export.llama;

/** Softmax in double precision. */
final class Softmax {
  private Softmax() {}

  /** Natural logarithm of the probability of {@code index} under logits of shape (vocabulary). */
  static double logProbability(float[] logits, int index) {
    double greatest = greatest(logits);
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - greatest);
    }
    return logits[index] - greatest - Math.log(sum);
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

  private static double greatest(float[] logits) {
    float greatest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      greatest = Math.max(greatest, logit);
    }
    return greatest;
  }
}
