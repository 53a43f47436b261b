package dev.pipeline.plan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * That a release serves again, for agents who look up the newest plan.
 *
 * @param modelName such as {@code phi4-joshi}
 * @param planVersion version of the plan, where none was kept with the release
 * @param release what serves now
 * @param replaced what served before
 * @param line number of the rollback in the model's log, which tells two apart
 * @param at ISO-8601 UTC
 * @param by who wanted it
 * @param why in a sentence
 * @param status where it is registered, in a sentence
 * @param artefacts SHA-256 by file name
 */
public record RollbackPlan(
    String modelName,
    String planVersion,
    int release,
    int replaced,
    int line,
    String at,
    String by,
    String why,
    String status,
    Map<String, String> artefacts) {
  private static final String DEPLOYMENT = "Deployment: ";

  /**
   * The plan as it is recorded.
   *
   * @param known what was recorded when the release was published
   * @param createdAt after every other plan of the model, so that this one is the newest
   */
  public PlanRecord record(Optional<PlanRecord> known, Instant createdAt) {
    Map<String, Object> metadata = new TreeMap<>();
    metadata.put("plan_version", planVersion);
    metadata.put("dataset_counts", Map.of());
    known.ifPresent(plan -> metadata.putAll(plan.metadata()));
    metadata.put("model_name", modelName);
    metadata.put("deployment_status", deployment());
    metadata.put("release", release);
    metadata.put("artefacts", artefacts);
    metadata.put("rollback", Map.of("from", replaced, "at", at, "by", by, "why", why));
    List<String> tags = new ArrayList<>(List.of("rollback"));
    known.ifPresent(plan -> tags.addAll(plan.tags()));
    String identity = String.join("\n", modelName, "rollback", Integer.toString(line));
    return PlanRecord.of(identity, modelName, text(known), metadata, tags, createdAt);
  }

  private String text(Optional<PlanRecord> known) {
    StringJoiner text = new StringJoiner("\n");
    text.add(
        "%s went from release %d to release %d on %s, by %s: %s."
            .formatted(modelName, replaced, release, at, by, why));
    text.add(DEPLOYMENT + deployment() + ".");
    known.stream()
        .flatMap(plan -> plan.planText().lines())
        .filter(line -> !line.startsWith(DEPLOYMENT))
        .forEach(text::add);
    return text.toString();
  }

  private String deployment() {
    return "release " + release + " serves; " + status;
  }
}
