package dev.pipeline.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One point of plan memory, whatever it tells.
 *
 * @param payload as agents read it; {@code created_at} in the form of {@link Moments}
 */
record Note(UUID id, Map<String, Object> payload) {
  static final String TYPE = "document_type";
  static final String MODEL = "model_name";
  static final String CREATED = "created_at";

  Note {
    payload = Collections.unmodifiableMap(new TreeMap<>(payload));
  }

  /** The text under {@code key}; empty where there is none. */
  String text(String key) {
    return payload.get(key) instanceof String text ? text : "";
  }

  /** What is embedded. */
  String meaning() {
    String plan = text("plan_text");
    return plan.isEmpty() ? text("summary") : plan;
  }

  /** The same, dated {@code createdAt}. */
  Note dated(String createdAt) {
    Map<String, Object> dated = new TreeMap<>(payload);
    dated.put(CREATED, createdAt);
    return new Note(id, dated);
  }
}
