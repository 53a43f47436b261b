package dev.pipeline.lineage;

import java.util.List;
import java.util.Map;

/**
 * The way from a subject to all that it came of and all that came of it.
 *
 * @param subject id of what was asked for
 * @param nodes on the way, the subject first, then what it came of, then what came of it
 * @param edges from part to whole, between these; all inputs that a run's manifest records; of the
 *     others, those that follow from longer ways are left out
 * @param verified files that were looked at
 * @param bytes in them
 * @param damaged files that are not what they were
 */
public record Walk(
    String subject,
    List<Place> nodes,
    List<Edge> edges,
    int verified,
    long bytes,
    List<Damage> damaged) {

  /** Where on the way something stands. */
  public enum Side {
    SUBJECT,
    CAME_OF,
    LED_TO
  }

  /**
   * A node.
   *
   * @param files that it rests on
   */
  public record Place(
      String id,
      Kind kind,
      String title,
      Side side,
      Map<String, String> facts,
      List<String> files) {}

  /** The first went into the second. */
  public record Edge(String part, String whole) {}
}
