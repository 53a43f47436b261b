package dev.pipeline.evaluate;

import java.util.List;

/**
 * Base against tuned on the same rows, with the same sampling.
 *
 * @param rows the hold-out; both judgements follow its order
 */
public record Evaluation(
    Sampling sampling, List<HoldoutRow> rows, Judgement base, Judgement tuned) {

  /** Refuses judgements of other rows. */
  public Evaluation {
    rows = List.copyOf(rows);
    if (base.rows().size() != rows.size() || tuned.rows().size() != rows.size()) {
      throw new IllegalArgumentException(
          "%d rows, but %d and %d judged"
              .formatted(rows.size(), base.rows().size(), tuned.rows().size()));
    }
  }
}
