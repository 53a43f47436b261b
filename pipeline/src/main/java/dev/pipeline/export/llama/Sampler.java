package dev.pipeline.export.llama;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** Chooses the next token. */
@FunctionalInterface
interface Sampler {
  /** The id of the chosen token; {@code logits} has shape (vocabulary). */
  int choose(float[] logits);

  /** The sampler {@code options} ask for. */
  static Sampler of(GenerateOptions options) {
    if (options.temperature() == 0) {
      return Sampler::likeliest;
    }
    Random random = new Random(options.seed());
    return logits ->
        nucleus(
            Softmax.probabilities(logits, options.temperature()),
            options.topP(),
            random.nextDouble());
  }

  /** The first of the likeliest tokens. */
  static int likeliest(float[] logits) {
    int best = 0;
    for (int i = 1; i < logits.length; i++) {
      if (logits[i] > logits[best]) {
        best = i;
      }
    }
    return best;
  }

  /** The token at {@code draw}, in 0 to 1, among the likeliest that together reach {@code topP}. */
  static int nucleus(double[] probabilities, double topP, double draw) {
    int[] ranked = ranked(probabilities);
    double mass = 0;
    int size = 0;
    while (size < ranked.length && mass < topP) {
      mass += probabilities[ranked[size++]];
    }
    double left = draw * mass;
    for (int i = 0; i < size - 1; i++) {
      left -= probabilities[ranked[i]];
      if (left < 0) {
        return ranked[i];
      }
    }
    return ranked[size - 1];
  }

  /** Token ids by falling probability, equal ones by id; the practically impossible left out. */
  private static int[] ranked(double[] probabilities) {
    double negligible = 1e-9;
    return IntStream.range(0, probabilities.length)
        .filter(i -> probabilities[i] > negligible)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -probabilities[i]).thenComparing(i -> i))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
