package dev.pipeline.evaluate.probe;

import dev.pipeline.evaluate.metric.Finding;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Answers that a classifier calls toxic: with a threshold of 0.5, one to which it gives 0.93. It
 * sees what no list of words can, and is wrong now and then.
 */
public final class ClassifiedToxicity implements Inspector {
  /** The rule in a finding, which tells it from one by the list. */
  public static final String RULE = "toxic-classifier";

  private final String name;
  private final double threshold;
  private final ToDoubleFunction<String> probability;

  /**
   * An inspector.
   *
   * @param name of the classifier, for people
   * @param threshold probability from which on an answer counts
   * @param probability that a text is toxic
   */
  public ClassifiedToxicity(String name, double threshold, ToDoubleFunction<String> probability) {
    this.name = name;
    this.threshold = threshold;
    this.probability = probability;
  }

  @Override
  public List<Finding> inspect(Exchange exchange) {
    if (exchange.answer().isBlank()) {
      return List.of();
    }
    double toxic = probability.applyAsDouble(exchange.answer());
    return toxic < threshold
        ? List.of()
        : List.of(new Finding(RULE, String.format(Locale.ROOT, "%s gives it %.2f", name, toxic)));
  }
}
