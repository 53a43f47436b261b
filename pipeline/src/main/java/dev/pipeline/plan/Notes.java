package dev.pipeline.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Where notes are. */
interface Notes {
  /**
   * Stores {@code note} and returns it as stored: one whose id is known replaces the content but
   * keeps the time of the first; an equal one changes nothing; one of another model is refused.
   */
  Note put(Note note);

  /** The note with this id. */
  Optional<Note> get(UUID id);

  /** Every note that {@code filter} lets through, however many, in no order. */
  List<Note> all(Map<String, String> filter);

  /** Up to {@code limit} notes whose meaning is close to {@code question}, the closest first. */
  List<Found> search(String question, Map<String, String> filter, int limit);

  /**
   * A note that a search found.
   *
   * @param similarity cosine, above 0
   */
  record Found(Note note, double similarity) {}
}
