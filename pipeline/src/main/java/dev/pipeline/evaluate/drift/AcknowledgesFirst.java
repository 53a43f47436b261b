package dev.pipeline.evaluate.drift;

import dev.pipeline.data.lint.StyleRules;
import java.util.List;

/** Empathy, as the style rule of the same purpose finds it in training rows. */
final class AcknowledgesFirst implements RubricRule {
  @Override
  public String name() {
    return "acknowledges_first";
  }

  @Override
  public String sentence() {
    return "The first sentence acknowledges how the supplier feels, and asks for nothing.";
  }

  @Override
  public double score(String answer) {
    boolean acknowledges =
        StyleRules.standard().check(answer, any -> 0).stream()
            .noneMatch(finding -> finding.rule().equals("acknowledgement-first"));
    return acknowledges && !answer.isBlank() ? 1 : 0;
  }

  @Override
  public List<Example> examples() {
    return List.of(
        Example.pass("That is a hard week for your drivers. Could you send the log?"),
        Example.fail("Could you send the log? I understand."),
        Example.fail("The log is missing. Could you send it?"),
        Example.fail(""));
  }
}
