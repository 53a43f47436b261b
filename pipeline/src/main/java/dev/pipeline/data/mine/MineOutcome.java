package dev.pipeline.data.mine;

import dev.pipeline.data.Rejected;
import java.util.List;

/** What one raw line yields: rows, or the reason why there are none. */
public record MineOutcome(List<MinedItem> mined, List<Rejected> rejected) {
  /** Copies the lists. */
  public MineOutcome {
    mined = List.copyOf(mined);
    rejected = List.copyOf(rejected);
  }
}
