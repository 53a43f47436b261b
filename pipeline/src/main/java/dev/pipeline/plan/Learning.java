package dev.pipeline.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.pipeline.io.Failure;
import dev.pipeline.io.NameUuid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What was learnt beside plans: feedback, findings of drift, and what a dataset is made of.
 *
 * @param id follows from type, source and what it is about, so that telling it twice is one
 * @param documentType {@code learning}, or {@code dataset}
 * @param source who found it, such as {@code feedback} or {@code drift}
 * @param eventType what happened, such as {@code drift_finding}
 * @param workflowId of which run or opinion
 * @param modelName which model it is about; empty where it is about none
 * @param summary in a sentence or two; never blank, and what a search compares with
 * @param metadata facts by key, without the keys that plan memory never stores
 * @param createdAt ISO-8601 UTC with microseconds
 * @param tags sorted and distinct
 */
@JsonPropertyOrder({
  "id",
  "document_type",
  "source",
  "event_type",
  "workflow_id",
  "model_name",
  "summary",
  "metadata",
  "created_at",
  "tags"
})
public record Learning(
    UUID id,
    @JsonProperty("document_type") String documentType,
    String source,
    @JsonProperty("event_type") String eventType,
    @JsonProperty("workflow_id") String workflowId,
    @JsonProperty("model_name") String modelName,
    String summary,
    Map<String, Object> metadata,
    @JsonProperty("created_at") String createdAt,
    List<String> tags) {
  /** Type of a learning. */
  public static final String LEARNING = "learning";

  /** Type of what describes a dataset. */
  public static final String DATASET = "dataset";

  private static final UUID NAMESPACE = UUID.fromString("3f0b8a52-5f9e-5a35-9d0c-0f4f5c7e2b16");

  /** Brings every part into its one form, and refuses one that says nothing. */
  public Learning {
    summary = summary.strip();
    if (summary.isEmpty()) {
      throw Failure.refused("a learning has no summary", "tell it in a sentence");
    }
    metadata = ForbiddenKeys.removedFrom(metadata);
    createdAt = Moments.normal(createdAt);
    tags =
        tags.stream().map(String::strip).filter(tag -> !tag.isEmpty()).distinct().sorted().toList();
  }

  /** What happened in {@code workflowId}, which is told once. */
  public static Learning of(
      String source,
      String eventType,
      String workflowId,
      String modelName,
      String summary,
      Map<String, ?> metadata,
      Instant createdAt) {
    return of(
        LEARNING,
        source,
        eventType,
        workflowId,
        modelName,
        summary,
        metadata,
        createdAt,
        List.of(source));
  }

  /** What the dataset {@code name} is in {@code version}. */
  public static Learning ofDataset(
      String name, String version, String summary, Map<String, ?> metadata, Instant createdAt) {
    Map<String, Object> facts = new TreeMap<>(metadata);
    facts.put("dataset", name);
    facts.put("dataset_version", version);
    return of(
        DATASET,
        "curate",
        "dataset_version",
        name + "@" + version,
        "",
        summary,
        facts,
        createdAt,
        List.of(name));
  }

  private static Learning of(
      String type,
      String source,
      String eventType,
      String workflowId,
      String modelName,
      String summary,
      Map<String, ?> metadata,
      Instant createdAt,
      List<String> tags) {
    String identity = String.join("\n", type, source, eventType, workflowId, modelName);
    return new Learning(
        NameUuid.of(NAMESPACE, identity),
        type,
        source,
        eventType,
        workflowId,
        modelName,
        summary,
        new TreeMap<>(metadata),
        Moments.of(createdAt),
        tags);
  }

  Note note() {
    Map<String, Object> payload = new TreeMap<>();
    payload.put(Note.TYPE, documentType);
    payload.put("source", source);
    payload.put("event_type", eventType);
    payload.put("workflow_id", workflowId);
    payload.put("summary", summary);
    payload.put("metadata", metadata);
    payload.put(Note.CREATED, createdAt);
    if (!modelName.isEmpty()) {
      payload.put(Note.MODEL, modelName);
    }
    if (!tags.isEmpty()) {
      payload.put("tags", tags);
    }
    return new Note(id, payload);
  }

  /** Others write learnings too, with fewer parts. */
  static Learning of(Note note) {
    return new Learning(
        note.id(),
        note.text(Note.TYPE),
        note.text("source"),
        note.text("event_type"),
        note.text("workflow_id"),
        note.text(Note.MODEL),
        note.text("summary"),
        Payloads.map(note, "metadata"),
        note.text(Note.CREATED).isEmpty() ? "1970-01-01T00:00:00Z" : note.text(Note.CREATED),
        Payloads.texts(note, "tags"));
  }
}
