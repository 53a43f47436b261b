package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.metric.Finding;
import java.util.List;

/**
 * One judged item of a suite.
 *
 * @param id names it in the suite
 * @param group its category, topic or mood
 * @param prompt what the model was asked, or the text that was scored
 * @param answer what it wrote; empty where nothing is written
 * @param findings which rules it breaks
 * @param value what was measured: nats, bits; 0 where findings say all
 * @param weight tokens that {@code value} was measured over, 0 where there are none
 * @param expected the value where nothing was learnt; 0 where none is known
 */
public record Item(
    String id,
    String group,
    String prompt,
    String answer,
    List<Finding> findings,
    double value,
    int weight,
    double expected) {
  /** Copies the list. */
  public Item {
    findings = List.copyOf(findings);
  }

  /** An answer and what was found in it. */
  static Item answered(
      String id, String group, String prompt, String answer, List<Finding> findings) {
    return new Item(id, group, prompt, answer, findings, 0, 0, 0);
  }

  /** A measured text. */
  static Item measured(String id, String group, String text, double value, int weight) {
    return new Item(id, group, text, "", List.of(), value, weight, 0);
  }

  /** A value beside the one to expect, and what the difference breaks. */
  static Item compared(
      String id, String group, List<Finding> findings, double value, double expected) {
    return new Item(id, group, "", "", findings, value, 1, expected);
  }

  /** Whether no rule is broken. */
  public boolean passes() {
    return findings.isEmpty();
  }

  /** Whether the rule called {@code name} is broken. */
  public boolean breaks(String name) {
    return findings.stream().anyMatch(finding -> finding.rule().equals(name));
  }
}
