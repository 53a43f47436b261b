package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Answer;

/** A model as it will be served: the quantised file, behind the runtime that serves it. */
public interface ServedModel {
  /**
   * Token ids of {@code text}, control tokens such as {@code <|im_end|>} recognised.
   *
   * @return shape [tokens]
   */
  int[] tokenize(String text);

  /** Continues {@code prompt} until the model ends or {@code sampling.maxTokens()} is reached. */
  Answer generate(String prompt, Sampling sampling);

  /**
   * Natural log-probability of each token from {@code firstScored} on, given all before it.
   *
   * @param tokens shape [n]
   * @param firstScored at least 1
   * @return shape [n - firstScored]
   */
  float[] score(int[] tokens, int firstScored);
}
