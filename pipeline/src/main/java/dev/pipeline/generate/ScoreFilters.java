package dev.pipeline.generate;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Changes the scores of a next token, float32 {@code [V]}, in place, as transformers' {@code
 * LogitsProcessor} of the same name does; minus infinity is what cannot be chosen.
 */
final class ScoreFilters {
  private static final float NEVER = Float.NEGATIVE_INFINITY;

  private ScoreFilters() {}

  /** Positive scores of {@code seen} tokens are divided by {@code penalty}, others multiplied. */
  static void repetitionPenalty(float[] scores, BitSet seen, double penalty) {
    float factor = (float) penalty;
    for (int i = seen.nextSetBit(0); i >= 0 && i < scores.length; i = seen.nextSetBit(i + 1)) {
      scores[i] = scores[i] < 0 ? scores[i] * factor : scores[i] / factor;
    }
  }

  /** All scores divided by {@code temperature}, above 0. */
  static void temperature(float[] scores, double temperature) {
    float divisor = (float) temperature;
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= divisor;
    }
  }

  /** The {@code k} highest stay, and what equals the last of them. */
  static void topK(float[] scores, int k) {
    if (k >= scores.length) {
      return;
    }
    PriorityQueue<Float> highest = new PriorityQueue<>(k);
    for (float score : scores) {
      if (highest.size() < k) {
        highest.add(score);
      } else if (score > highest.element()) {
        highest.remove();
        highest.add(score);
      }
    }
    float least = highest.element();
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] < least) {
        scores[i] = NEVER;
      }
    }
  }

  /**
   * What has, with all less probable tokens, at most {@code 1 - p} of the mass goes; the most
   * probable token stays.
   */
  static void topP(float[] scores, double p) {
    double[] mass = probabilities(scores);
    double limit = 1 - p;
    // Tokens this improbable go together, so that a large vocabulary need not be sorted.
    double negligible = limit / scores.length;
    int[] rest =
        IntStream.range(0, scores.length)
            .filter(i -> mass[i] >= negligible)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double below = Arrays.stream(mass).filter(share -> share < negligible).sum();
    for (int i = 0; i < scores.length; i++) {
      if (mass[i] < negligible) {
        scores[i] = NEVER;
      }
    }
    for (int i = 0; i < rest.length - 1; i++) {
      below += mass[rest[i]];
      if (below > limit) {
        return;
      }
      scores[rest[i]] = NEVER;
    }
  }

  /** Softmax in float64, {@code [V]}. */
  static double[] probabilities(float[] scores) {
    double highest = NEVER;
    for (float score : scores) {
      highest = Math.max(highest, score);
    }
    double[] mass = new double[scores.length];
    double total = 0;
    for (int i = 0; i < scores.length; i++) {
      mass[i] = Math.exp(scores[i] - highest);
      total += mass[i];
    }
    for (int i = 0; i < mass.length; i++) {
      mass[i] /= total;
    }
    return mass;
  }
}
