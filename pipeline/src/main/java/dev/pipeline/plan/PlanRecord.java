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
 * One plan as agents read it; the JSON is the payload of their {@code model_plan} documents.
 *
 * @param id follows from model, plan version, run and release, so that recording a run twice is one
 *     plan
 * @param documentType always {@code model_plan}
 * @param modelName such as {@code phi4-joshi}
 * @param planText what a person or agent reads; never blank
 * @param metadata facts by key, without the keys that plan memory never stores
 * @param createdAt ISO-8601 UTC with microseconds
 * @param tags sorted and distinct
 */
@JsonPropertyOrder({
  "id",
  "document_type",
  "model_name",
  "plan_text",
  "metadata",
  "created_at",
  "tags"
})
public record PlanRecord(
    UUID id,
    @JsonProperty("document_type") String documentType,
    @JsonProperty("model_name") String modelName,
    @JsonProperty("plan_text") String planText,
    Map<String, Object> metadata,
    @JsonProperty("created_at") String createdAt,
    List<String> tags) {
  static final String DOCUMENT_TYPE = "model_plan";
  private static final UUID NAMESPACE = UUID.fromString("7a0d6f0e-6a35-5d0c-9a35-3c1f2d0b8e41");

  /** What every plan's metadata carries. */
  private static final List<String> REQUIRED =
      List.of("model_name", "plan_version", "dataset_counts", "deployment_status");

  /** Brings every part into its one form, and refuses a plan that agents could not use. */
  public PlanRecord {
    if (!documentType.equals(DOCUMENT_TYPE)) {
      throw refused("document_type is '" + documentType + "', not '" + DOCUMENT_TYPE + "'");
    }
    planText = planText.strip();
    if (modelName.isBlank() || planText.isEmpty()) {
      throw refused("model_name and plan_text must not be empty");
    }
    metadata = ForbiddenKeys.removedFrom(metadata);
    for (String key : REQUIRED) {
      if (!metadata.containsKey(key)) {
        throw refused("metadata lacks " + key);
      }
    }
    createdAt = Moments.normal(createdAt);
    tags =
        tags.stream().map(String::strip).filter(tag -> !tag.isEmpty()).distinct().sorted().toList();
  }

  /** The plan that {@code facts} tell, described by {@code text}. */
  public static PlanRecord of(PlanFacts facts, String text, List<String> tags, Instant createdAt) {
    return of(facts.identity(), facts.modelName(), text, facts.metadata(), tags, createdAt);
  }

  /** The plan told apart by {@code identity}. */
  static PlanRecord of(
      String identity,
      String modelName,
      String text,
      Map<String, Object> metadata,
      List<String> tags,
      Instant createdAt) {
    return new PlanRecord(
        NameUuid.of(NAMESPACE, identity),
        DOCUMENT_TYPE,
        modelName,
        text,
        metadata,
        createdAt.toString(),
        tags);
  }

  /** The same plan, dated {@code otherCreatedAt}. */
  PlanRecord dated(String otherCreatedAt) {
    return new PlanRecord(id, documentType, modelName, planText, metadata, otherCreatedAt, tags);
  }

  /** The payload of its point. */
  Note note() {
    Map<String, Object> payload = new TreeMap<>();
    payload.put(Note.TYPE, documentType);
    payload.put(Note.MODEL, modelName);
    payload.put("plan_text", planText);
    payload.put("metadata", metadata);
    payload.put(Note.CREATED, createdAt);
    if (!tags.isEmpty()) {
      payload.put("tags", tags);
    }
    return new Note(id, payload);
  }

  /** The plan that a point tells. */
  static PlanRecord of(Note note) {
    return new PlanRecord(
        note.id(),
        note.text(Note.TYPE),
        note.text(Note.MODEL),
        note.text("plan_text"),
        Payloads.map(note, "metadata"),
        note.text(Note.CREATED),
        Payloads.texts(note, "tags"));
  }

  private static Failure refused(String reason) {
    return Failure.refused("bad plan: " + reason, "record the plan again: pipeline plans record");
  }
}
