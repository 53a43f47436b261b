package dev.pipeline.lineage;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that was made, or who made it.
 *
 * @param id names it in one word that is understood as an argument, too
 * @param title for people
 * @param facts worth knowing, by name
 * @param evidence the files that it rests on
 */
record Node(
    String id, Kind kind, String title, Map<String, String> facts, List<Evidence> evidence) {
  Node {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    evidence = List.copyOf(evidence);
  }

  /** Names {@code value} as a thing of that kind. */
  static String idOf(Kind kind, String value) {
    return kind.word().replace(' ', '-') + ":" + value;
  }

  /** The id without its kind. */
  String value() {
    return id.substring(id.indexOf(':') + 1);
  }
}
