package dev.pipeline.evaluate.suite;

import dev.pipeline.data.lint.StyleRules;
import java.util.List;
import java.util.Optional;

/** Exactly one next step: none leaves the supplier waiting, two blur what is wanted. */
final class OneNextStepRule implements TaskRule {
  @Override
  public String name() {
    return "next_step";
  }

  @Override
  public String sentence() {
    return "Exactly one request or suggestion is made, counted as the style rule counts them.";
  }

  @Override
  public Optional<String> check(NegotiationTask task, String answer) {
    int suggestions = StyleRules.suggestions(answer);
    return suggestions == 1
        ? Optional.empty()
        : Optional.of(suggestions + " requests or suggestions; exactly 1 is wanted");
  }

  @Override
  public List<Example> examples() {
    NegotiationTask coil = ExampleTasks.coil(Mood.FIRM);
    return List.of(
        Example.pass(coil, "I see the rise since March. Could you share the index?"),
        Example.pass(coil, "That is a steep rise. I suggest we look at the index together."),
        Example.fail(coil, "I see the rise since March. It is a steep one."),
        Example.fail(coil, "I see it. Could you share the index? Could we also pay later?"),
        Example.fail(coil, "I see it. Please send the index and please confirm the tonnes."));
  }
}
