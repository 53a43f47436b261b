package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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

  /**
   * The same for all tokens of each of {@code endings} after {@code tokens}. A runtime computes
   * what they share only once.
   *
   * @param tokens shape [n], n at least 1
   * @return shape [endings, tokens of the ending]
   */
  default float[][] scoreEndings(int[] tokens, List<int[]> endings) {
    return endings.stream()
        .map(ending -> IntStream.concat(Arrays.stream(tokens), Arrays.stream(ending)).toArray())
        .map(whole -> score(whole, tokens.length))
        .toArray(float[][]::new);
  }
}
