package dev.pipeline.vectors;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Points of one size. A call either did what it says when it returns, on the disk or on the server,
 * or it fails; nothing is swallowed. Filters are exact texts by payload key, all of which must
 * hold.
 */
public interface VectorCollection {
  /** Stores points; those whose id is known are replaced. */
  void put(List<Point> points);

  /** The points with these ids; unknown ids are left out. In no order. */
  List<Entry> get(Collection<UUID> ids);

  /** Removes points; unknown ids are no failure. */
  void delete(Collection<UUID> ids);

  /** Every point that {@code filter} lets through, however many; in no order. */
  List<Entry> all(Map<String, String> filter);

  /** Up to {@code limit} points that {@code filter} lets through, the most similar first. */
  List<Hit> search(float[] question, Map<String, String> filter, int limit);
}
