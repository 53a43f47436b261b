package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.JudgeMonitor;
import dev.pipeline.evaluate.ServedModel;

/** A set of prompts or texts with rules of its own. A new one is one file and a line in Suites. */
public interface Suite {
  /** Stable name in {@code evaluation.json}. */
  String name();

  /** Judges {@code served}, telling {@code monitor} after each item. */
  SuiteResult judge(ServedModel served, JudgeMonitor monitor);
}
