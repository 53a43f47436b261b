package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.prefer.FailureMode;
import java.util.SplittableRandom;

/** A way of spoiling a good answer. */
interface Corruption {
  /** The failure that it plants. */
  FailureMode mode();

  /** Why the spoilt answer is worse, for people. */
  String rationale();

  /**
   * The spoilt answer.
   *
   * @param stranger a good answer to another message of another scenario
   */
  String spoil(Answer answer, Answer stranger, SplittableRandom random);
}
