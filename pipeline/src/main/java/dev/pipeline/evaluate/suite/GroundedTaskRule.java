package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.evaluate.probe.Exchange;
import dev.pipeline.evaluate.probe.GroundedNumbers;
import java.util.List;
import java.util.Optional;

/** Every number was said before, or the task allows it. */
final class GroundedTaskRule implements TaskRule {
  @Override
  public String name() {
    return "grounded";
  }

  @Override
  public String sentence() {
    return "Every number stands in the context or the message, or the task allows it; counts up to"
        + " ten in words are free.";
  }

  @Override
  public Optional<String> check(NegotiationTask task, String answer) {
    return new GroundedNumbers(task.allowedNumbers())
        .inspect(new Exchange(task.given(), answer)).stream().findFirst().map(Finding::text);
  }

  @Override
  public List<Example> examples() {
    NegotiationTask coil = ExampleTasks.coil(Mood.FIRM);
    return List.of(
        Example.pass(coil, "I see the 4.5 % since March. Could we look at 1200 tonnes first?"),
        Example.pass(coil, "Sixty days is clear. May we call the first 600 tonnes in two lots?"),
        Example.pass(coil, "60 days is clear. Could you share the index?"),
        Example.fail(coil, "I see the rise. Could you accept 45 days?"),
        Example.fail(coil, "I see the rise. Could we settle at 3 %?"),
        Example.fail(coil, "I see the rise. Could we take four hundred tonnes?"));
  }
}
