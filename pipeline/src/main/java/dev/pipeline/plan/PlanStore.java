package dev.pipeline.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Memory of model plans, and of what was learnt beside them. What it is given is on this machine's
 * disk when a call returns, and in the store unless that is away: then it waits. Nothing is
 * swallowed.
 */
public interface PlanStore extends AutoCloseable {
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

  /** The plan with this id, also where it still waits. */
  Optional<PlanRecord> find(UUID id);

  /** Up to {@code limit} plans of a model, the newest of all its plans first. */
  List<PlanRecord> fetch(String modelName, int limit);

  /** Up to {@code limit} plans of any model, the newest of all first. */
  List<PlanRecord> list(int limit);

  /** The newest plan of a model. */
  default Optional<PlanRecord> latest(String modelName) {
    return fetch(modelName, 1).stream().findFirst();
  }

  /** Up to {@code limit} plans whose text is close in meaning to {@code query}, closest first. */
  List<Match> search(String query, int limit);

  /** Stores a learning; telling it again changes nothing but its content. */
  Learning learn(Learning learning);

  /** Up to {@code limit} of a {@linkplain Learning#LEARNING type}, the newest of all first. */
  List<Learning> learnings(String type, int limit);

  /** Up to {@code limit} of a type whose summary is close in meaning to {@code query}. */
  List<Lesson> searchLearnings(String type, String query, int limit);

  /** Delivers what waits. */
  Delivery sync();

  /** How many plans and learnings wait for the store to come back. */
  int waiting();

  @Override
  default void close() {}

  /**
   * A plan found by a search.
   *
   * @param plan the plan
   * @param similarity cosine between its text and the query, above 0 and at most 1
   */
  record Match(PlanRecord plan, double similarity) {}

  /**
   * A learning found by a search.
   *
   * @param similarity cosine between its summary and the query, above 0 and at most 1
   */
  record Lesson(Learning learning, double similarity) {}

  /**
   * What became of what waited.
   *
   * @param place where it belongs, for people
   * @param delivered how many are there now
   * @param waiting how many wait on
   * @param trouble why they wait; empty where none does
   */
  record Delivery(String place, int delivered, int waiting, String trouble) {}
}
