package dev.pipeline.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a kept release is made of; the last file of its folder, so that its existence means that all
 * others are whole.
 *
 * @param model the model's name
 * @param version its version
 * @param runKey the run that made it
 * @param files SHA-256 in hex of each file, by its path below the release's folder
 */
public record ReleaseManifest(
    String model, int version, @JsonProperty("run_key") String runKey, Map<String, String> files) {
  /** Its name in the release's folder. */
  public static final String FILE = "manifest.json";

  /** Folder of what is served: GGUF files, Modelfile, environment. */
  public static final String MODELS = "models";

  /** Folder of the adapters that were merged. */
  public static final String ADAPTERS = "adapters";

  /** Folder of what the gate saw and said. */
  public static final String REPORTS = "reports";

  /** The Modelfile as JSON, from which it can be registered again. */
  public static final String MODELFILE = "modelfile.json";

  /** The plan that was recorded of it; absent until it is. */
  public static final String PLAN = "plan.json";

  /** Sorts the files, so that equal manifests have equal bytes. */
  public ReleaseManifest {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** Whether this is {@code other}, perhaps with files that came later. */
  boolean holds(ReleaseManifest other) {
    return model.equals(other.model)
        && version == other.version
        && runKey.equals(other.runKey)
        && files.entrySet().containsAll(other.files.entrySet());
  }

  /** The same with one file more. */
  ReleaseManifest with(String file, String sha256) {
    Map<String, String> more = new TreeMap<>(files);
    more.put(file, sha256);
    return new ReleaseManifest(model, version, runKey, more);
  }
}
