package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Answer;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** A model whose tokens are code points, and which finds each equally probable. */
final class FakeModel implements ServedModel {
  private final UnaryOperator<String> answers;
  private final float logProbability;

  FakeModel(UnaryOperator<String> answers, double logProbability) {
    this.answers = answers;
    this.logProbability = (float) logProbability;
  }

  @Override
  public int[] tokenize(String text) {
    return text.codePoints().toArray();
  }

  @Override
  public Answer generate(String prompt, Sampling sampling) {
    String whole = answers.apply(prompt);
    String text = whole.substring(0, Math.min(whole.length(), sampling.maxTokens()));
    return new Answer(text, text.length(), text.equals(whole));
  }

  @Override
  public float[] score(int[] tokens, int firstScored) {
    float[] scores = new float[tokens.length - firstScored];
    Arrays.fill(scores, logProbability);
    return scores;
  }
}
