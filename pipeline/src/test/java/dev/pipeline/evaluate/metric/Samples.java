package dev.pipeline.evaluate.metric;

import java.util.List;

/** Samples in which only what a test measures is set. */
final class Samples {
  private Samples() {}

  static Sample bleu(String answer, String reference) {
    return new Sample(reference, new Answer(answer, 1, true), new Likelihood(1, 1), Findings.NONE);
  }

  static Sample tokens(int tokens, boolean endedByItself) {
    return new Sample(
        "", new Answer("", tokens, endedByItself), new Likelihood(1, 1), Findings.NONE);
  }

  static Sample likelihood(double negativeLogLikelihood, int tokens) {
    return new Sample(
        "", new Answer("", 1, true), new Likelihood(negativeLogLikelihood, tokens), Findings.NONE);
  }

  static Sample found(List<Finding> style, List<Finding> leaks, List<Finding> copies) {
    return new Sample(
        "",
        new Answer("", 1, true),
        new Likelihood(1, 1),
        new Findings(style, leaks, copies, List.of(), List.of(), 0));
  }
}
