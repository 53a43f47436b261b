package dev.pipeline.generate;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.SplittableRandom;

/** Chooses the tokens of one continuation, with a generator of its own. */
final class Sampler {
  private final Sampling sampling;
  private final BitSet seen = new BitSet();
  private final SplittableRandom random;

  /** A sampler that has read {@code prompt}. */
  Sampler(Sampling sampling, Prompt prompt) {
    this.sampling = sampling;
    this.random = new SplittableRandom(seed(sampling.seed(), prompt.id()));
    prompt.tokens().forEach(token -> seen.set(token.intValue()));
  }

  /** The same for a prompt, wherever it stands and whatever stands beside it. */
  private static long seed(long seed, String id) {
    byte[] text = (seed + "\n" + id).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.wrap(Hashes.sha256().digest(text)).getLong();
  }

  /** Chooses a token from {@code logits [V]}, which it changes. */
  int next(float[] logits) {
    int token = sampling.isGreedy() ? highest(penalised(logits)) : draw(filtered(logits));
    seen.set(token);
    return token;
  }

  private float[] penalised(float[] scores) {
    if (sampling.repetitionPenalty() != 1) {
      ScoreFilters.repetitionPenalty(scores, seen, sampling.repetitionPenalty());
    }
    return scores;
  }

  /** What is drawn from: the logits after all filters. */
  float[] filtered(float[] logits) {
    float[] scores = penalised(logits);
    if (sampling.temperature() != 1) {
      ScoreFilters.temperature(scores, sampling.temperature());
    }
    if (sampling.topK() > 0) {
      ScoreFilters.topK(scores, sampling.topK());
    }
    if (sampling.topP() < 1) {
      ScoreFilters.topP(scores, sampling.topP());
    }
    return scores;
  }

  private int draw(float[] scores) {
    int last = highest(scores);
    double[] mass = ScoreFilters.probabilities(scores);
    double left = random.nextDouble();
    for (int token = 0; token < mass.length; token++) {
      left -= mass[token];
      if (left < 0) {
        return token;
      }
    }
    // Rounding: the shares add up to a little less than one.
    return last;
  }

  private static int highest(float[] scores) {
    int best = 0;
    for (int token = 0; token < scores.length; token++) {
      if (Float.isNaN(scores[token])) {
        throw Failure.refused(
            "the model computes no numbers: the score of token " + token + " is NaN",
            "use undamaged weights and an adapter whose training did not diverge");
      }
      if (scores[token] > scores[best]) {
        best = token;
      }
    }
    return best;
  }
}
