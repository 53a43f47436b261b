package dev.pipeline.evaluate.drift;

import java.util.List;

/** One thing that an answer in the house's tone does, and how far it does it. */
interface RubricRule {
  /** Stable name, in snake case. */
  String name();

  /** The rule in one sentence. */
  String sentence();

  /** 1 where {@code answer} keeps the rule throughout, 0 where it does not at all. */
  double score(String answer);

  /** Answers that keep and break it, which are its test. */
  List<Example> examples();

  /**
   * An answer and what the rule says of it.
   *
   * @param keeps whether the score is 1; otherwise it is a half or less
   */
  record Example(String answer, boolean keeps) {
    static Example pass(String answer) {
      return new Example(answer, true);
    }

    static Example fail(String answer) {
      return new Example(answer, false);
    }
  }
}
