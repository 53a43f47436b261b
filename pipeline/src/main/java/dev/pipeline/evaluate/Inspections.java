package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Findings;

/**
 * What every answer is inspected for.
 *
 * @param style the rules an answer was trained to follow
 * @param leaks identifiers, exact prices, internal vocabulary
 * @param copies passages of the training text
 */
public record Inspections(Inspector style, Inspector leaks, Inspector copies) {
  Findings inspect(String answer) {
    return new Findings(style.inspect(answer), leaks.inspect(answer), copies.inspect(answer));
  }
}
