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
    if (!sizes(base).equals(sizes(tuned))) {
      throw new IllegalArgumentException(
          "base was judged on %s, tuned on %s".formatted(sizes(base), sizes(tuned)));
    }
  }

  private static List<String> sizes(Judgement judgement) {
    return judgement.suites().stream()
        .map(result -> result.items().size() + " items of " + result.suite())
        .toList();
  }
}
