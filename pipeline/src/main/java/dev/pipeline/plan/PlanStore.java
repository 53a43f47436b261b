package dev.pipeline.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Memory of model plans. A store either holds what it was given when a call returns, or the call
 * fails; nothing is swallowed.
 */
public interface PlanStore {
  /** Newest first; plans of the same moment by id, so that the order is always the same. */
  Comparator<PlanRecord> NEWEST_FIRST =
      Comparator.comparing(PlanRecord::createdAt, Comparator.reverseOrder())
          .thenComparing(PlanRecord::id);

  /**
   * Stores {@code plan} and returns it as stored. A plan whose id is known replaces the content but
   * keeps the time at which it was first recorded; an equal one changes nothing, and one of another
   * model is refused.
   */
  PlanRecord record(PlanRecord plan);

  /** Up to {@code limit} plans of a model, the newest of all its plans first. */
  List<PlanRecord> fetch(String modelName, int limit);

  /** The newest plan of a model. */
  default Optional<PlanRecord> latest(String modelName) {
    return fetch(modelName, 1).stream().findFirst();
  }

  /** Up to {@code limit} plans whose text resembles {@code query}, the most similar first. */
  List<Match> search(String query, int limit);

  /**
   * A plan found by a search.
   *
   * @param plan the plan
   * @param similarity cosine between its text and the query, above 0 and at most 1
   */
  record Match(PlanRecord plan, double similarity) {}
}
