package dev.pipeline.evaluate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Base against tuned on the same rows, with the same sampling.
 *
 * @param rows the hold-out; all judgements follow its order
 * @param start the model that training started from, where that is not the base: the fine-tuned one
 *     that learned preferences
 */
public record Evaluation(
    Sampling sampling,
    List<HoldoutRow> rows,
    Judgement base,
    Optional<Judgement> start,
    Judgement tuned) {

  /** Refuses judgements of other rows. */
  public Evaluation {
    rows = List.copyOf(rows);
    for (Judgement judgement : models(base, start, tuned)) {
      if (judgement.rows().size() != rows.size()) {
        throw new IllegalArgumentException(
            "%d rows, but %d of %s judged"
                .formatted(rows.size(), judgement.rows().size(), judgement.model().name()));
      }
      if (!sizes(judgement).equals(sizes(base))) {
        throw new IllegalArgumentException(
            "base was judged on %s, %s on %s"
                .formatted(sizes(base), judgement.model().name(), sizes(judgement)));
      }
    }
  }

  /** A model that was trained from the base itself. */
  public Evaluation(Sampling sampling, List<HoldoutRow> rows, Judgement base, Judgement tuned) {
    this(sampling, rows, base, Optional.empty(), tuned);
  }

  /** All that were judged, each after the one it was made from. */
  public List<Judgement> models() {
    return models(base, start, tuned);
  }

  /** The same with the base in the tuned model's place: a gate that this passes asks nothing. */
  public Evaluation ofBase() {
    return new Evaluation(sampling, rows, base, base);
  }

  private static List<Judgement> models(
      Judgement base, Optional<Judgement> start, Judgement tuned) {
    return Stream.of(Stream.of(base), start.stream(), Stream.of(tuned))
        .flatMap(models -> models)
        .toList();
  }

  private static List<String> sizes(Judgement judgement) {
    return judgement.suites().stream()
        .map(result -> result.items().size() + " items of " + result.suite())
        .toList();
  }
}
