package dev.pipeline.evaluate.gate;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.Judgement;
import java.util.Optional;

/**
 * An earlier model that regressions are measured against.
 *
 * @param name what people call it, such as "release 3"
 */
public record Baseline(String name, Judgement judgement) {
  /** The fine-tuned model that preference optimisation started from, where it did. */
  public static Optional<Baseline> start(Evaluation evaluation) {
    return evaluation.start().map(judgement -> new Baseline("SFT", judgement));
  }
}
