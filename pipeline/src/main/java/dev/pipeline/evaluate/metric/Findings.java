package dev.pipeline.evaluate.metric;

import java.util.List;

/**
 * What the inspections found in one answer.
 *
 * @param style broken style rules
 * @param leaks identifiers, exact prices, internal vocabulary
 * @param copies long runs of words that stand in the training text
 */
public record Findings(List<Finding> style, List<Finding> leaks, List<Finding> copies) {
  /** An answer nobody objects to. */
  public static final Findings NONE = new Findings(List.of(), List.of(), List.of());

  /** Copies the lists, so that a judgement never changes. */
  public Findings {
    style = List.copyOf(style);
    leaks = List.copyOf(leaks);
    copies = List.copyOf(copies);
  }
}
