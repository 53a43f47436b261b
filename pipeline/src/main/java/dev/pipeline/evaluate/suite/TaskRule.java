package dev.pipeline.evaluate.suite;

import java.util.List;
import java.util.Optional;

/** One thing a good answer to a negotiation task does. */
interface TaskRule {
  /** Stable name; the metric is {@code task_} and it. */
  String name();

  /** The rule in one sentence. */
  String sentence();

  /** Why {@code answer} breaks the rule; empty when it keeps it. */
  Optional<String> check(NegotiationTask task, String answer);

  /** Answers that keep and break it, which are its test. */
  List<Example> examples();

  /**
   * An answer and what the rule says of it.
   *
   * @param passes whether the rule is kept
   */
  record Example(NegotiationTask task, String answer, boolean passes) {
    static Example pass(NegotiationTask task, String answer) {
      return new Example(task, answer, true);
    }

    static Example fail(NegotiationTask task, String answer) {
      return new Example(task, answer, false);
    }
  }
}
