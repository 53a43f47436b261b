package dev.pipeline.data.prefer.tag;

import dev.pipeline.data.prefer.FailureMode;
import java.util.Optional;

/** One way in which an answer fails. */
interface FailureRule {
  /** What a find is called. */
  FailureMode mode();

  /** What was seen, as a sentence that can stand as a rationale; empty when it does not fail so. */
  Optional<String> check(Candidate candidate);
}
