package dev.pipeline.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One published version of a model.
 *
 * @param version 1 for the first release of the model, then one more each time
 * @param runKey the run that made it
 * @param datasetVersion SHA-256 name of the dataset it was trained on
 * @param publishedAt ISO-8601 UTC
 * @param files SHA-256 of each published file, by its name in {@code models/}
 * @param gate what the gate measured, by the name of the bound
 * @param training how its adapter came about; null in records that do not tell
 * @param warning why it should not be shared; null where nothing speaks against it
 * @param override who published it although the gate had failed, and why; null where it passed
 */
public record Release(
    int version,
    @JsonProperty("run_key") String runKey,
    @JsonProperty("dataset_version") String datasetVersion,
    @JsonProperty("published_at") String publishedAt,
    Map<String, String> files,
    Map<String, Double> gate,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Training training,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String warning,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GateOverride override) {
  /** Sorts the maps, so that equal releases have equal bytes. */
  public Release {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    gate = Collections.unmodifiableMap(new TreeMap<>(gate));
  }

  /** Whether this release came from the same run and holds the same files. */
  boolean publishes(String otherRunKey, Map<String, String> otherFiles) {
    return runKey.equals(otherRunKey) && files.equals(otherFiles);
  }
}
