package dev.pipeline.plan;

import dev.pipeline.io.Json;
import dev.pipeline.release.PreferenceTraining;
import dev.pipeline.release.Training;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a finished run knows about itself.
 *
 * @param modelName such as {@code phi4-joshi}
 * @param planVersion version of the plan the run followed
 * @param runKey the run
 * @param release which release of the model it is, from 1; what is released again is another plan
 * @param baseModel what was fine-tuned
 * @param baseOrigin source and licence of it, as far as they are known
 * @param datasetVersion SHA-256 name of the dataset
 * @param datasetCounts rows by part, such as {@code train}, {@code validation}, {@code rejected}
 * @param training settings of the fine-tuning worth remembering, such as {@code lora rank} and
 *     {@code learning rate}
 * @param metrics figures measured on the released file, by name
 * @param deploymentStatus where the model runs now, in a few words
 * @param artefacts SHA-256 by file name
 * @param trained how the adapter of the released model came about
 * @param warning why the model should not be shared; empty where nothing speaks against it
 */
public record PlanFacts(
    String modelName,
    String planVersion,
    String runKey,
    int release,
    String baseModel,
    Map<String, String> baseOrigin,
    String datasetVersion,
    Map<String, Long> datasetCounts,
    Map<String, String> training,
    Map<String, Double> metrics,
    String deploymentStatus,
    Map<String, String> artefacts,
    Training trained,
    String warning) {
  /** Sorts the maps, so that equal facts make equal plans. */
  public PlanFacts {
    baseOrigin = sorted(baseOrigin);
    datasetCounts = sorted(datasetCounts);
    training = sorted(training);
    metrics = sorted(metrics);
    artefacts = sorted(artefacts);
  }

  /** The record's metadata. The keys that agents rely on are the first four. */
  Map<String, Object> metadata() {
    Map<String, Object> metadata = new TreeMap<>();
    metadata.put("model_name", modelName);
    metadata.put("plan_version", planVersion);
    metadata.put("dataset_counts", datasetCounts);
    metadata.put("deployment_status", deploymentStatus);
    metadata.put("dataset_version", datasetVersion);
    metadata.put("base_model", baseModel);
    baseOrigin.forEach((key, value) -> metadata.put("base_" + key, value));
    metadata.put("run_key", runKey);
    metadata.put("release", release);
    metadata.put("trainer", trained.trainer());
    metadata.put("adapter", trained.adapter());
    metadata.put("training", training);
    PreferenceTraining preferences = trained.preferences();
    if (preferences != null) {
      metadata.put("preferences", Json.mapper().convertValue(preferences, Map.class));
    }
    if (!warning.isEmpty()) {
      metadata.put("warning", warning);
    }
    metadata.put("metrics", metrics);
    metadata.put("artefacts", artefacts);
    return metadata;
  }

  private static <V> Map<String, V> sorted(Map<String, V> map) {
    return Collections.unmodifiableMap(new TreeMap<>(map));
  }
}
