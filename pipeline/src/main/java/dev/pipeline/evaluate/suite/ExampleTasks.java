package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.suite.NegotiationTask.Ask;
import java.math.BigDecimal;
import java.util.List;

/** The tasks that the rules' examples answer. */
final class ExampleTasks {
  private ExampleTasks() {}

  /** A supplier whose coil became dearer. */
  static NegotiationTask coil(Mood mood) {
    return new NegotiationTask(
        "coil",
        mood,
        "Round: 2\nOutstanding asks: index evidence; payment term",
        "Coil rose by 4.5 % since March. We need EUR 500 to 1,000 per tonne for 1,200 tonnes, paid"
            + " in sixty days.",
        List.of(
            new Ask("index evidence", List.of("index", "evidence")),
            new Ask("payment term", List.of("payment", "paid", "term"))),
        List.of(BigDecimal.valueOf(600)));
  }
}
