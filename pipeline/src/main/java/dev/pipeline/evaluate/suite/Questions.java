package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.ServedModel;
import java.util.function.BinaryOperator;

/**
 * How the prompts of a suite are put to a model.
 *
 * @param renderer (context, message) to the text the model continues, as in training
 * @param sampling how answers are drawn
 * @param most items to judge, 0 for all
 */
public record Questions(BinaryOperator<String> renderer, Sampling sampling, int most) {
  /** The answer of {@code served}. */
  String ask(ServedModel served, String context, String message) {
    return served.generate(renderer.apply(context, message), sampling).text();
  }

  /** How many of {@code items} are judged. */
  int count(int items) {
    return most == 0 ? items : Math.min(most, items);
  }
}
