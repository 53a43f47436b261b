package dev.pipeline.data.curate;

import dev.pipeline.data.Rejected;

/** What became of a mined row. */
public sealed interface CurateOutcome {
  /** It may be learnt. */
  record Kept(Accepted accepted) implements CurateOutcome {}

  /** It may not, and this is why. */
  record Dropped(Rejected rejected) implements CurateOutcome {}
}
