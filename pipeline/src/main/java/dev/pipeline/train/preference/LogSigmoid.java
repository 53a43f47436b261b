package dev.pipeline.train.preference;

/** The logistic function and its logarithm, without overflow. */
final class LogSigmoid {
  private LogSigmoid() {}

  /** ln(1 / (1 + e^-x)). */
  static double of(double x) {
    return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
  }

  /** 1 / (1 + e^-x). */
  static double sigmoid(double x) {
    return Math.exp(of(x));
  }
}
