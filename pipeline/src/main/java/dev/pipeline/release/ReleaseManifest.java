package dev.pipeline.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.io.Hashes;
import java.nio.charset.StandardCharsets;
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
 * @param sizes bytes of each file, which tell of damage without reading all; empty in manifests
 *     that do not say
 */
public record ReleaseManifest(
    String model,
    int version,
    @JsonProperty("run_key") String runKey,
    Map<String, String> files,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> sizes) {
  /** Its name in the release's folder. */
  public static final String FILE = "manifest.json";

  /** Folder of what is served: GGUF files, Modelfile, environment. */
  public static final String MODELS = "models";

  /** Folder of the adapters that were merged. */
  public static final String ADAPTERS = "adapters";

  /** Folder of what the gate saw and said. */
  public static final String REPORTS = "reports";

  /** What the gate said. */
  static final String GATE = REPORTS + "/gate.json";

  /** The Modelfile as JSON, from which it can be registered again. */
  public static final String MODELFILE = "modelfile.json";

  /** What the log says of it, so that a lost log can be written again. */
  public static final String RECORD = "release.json";

  /** The plan that was recorded of it; absent until it is. */
  public static final String PLAN = "plan.json";

  /** Sorts the files, so that equal manifests have equal bytes. */
  public ReleaseManifest {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    sizes = Collections.unmodifiableMap(sizes == null ? new TreeMap<>() : new TreeMap<>(sizes));
  }

  /** The same, and with the files of {@code earlier} that it does not name. */
  ReleaseManifest with(ReleaseManifest earlier) {
    Map<String, String> moreFiles = new TreeMap<>(earlier.files);
    moreFiles.putAll(files);
    Map<String, Long> moreSizes = new TreeMap<>(earlier.sizes);
    moreSizes.putAll(sizes);
    return new ReleaseManifest(model, version, runKey, moreFiles, moreSizes);
  }

  /** The same with one file more. */
  ReleaseManifest with(String file, String text) {
    return new ReleaseManifest(
            model, version, runKey, Map.of(file, Hashes.sha256(text)), Map.of(file, size(text)))
        .with(this);
  }

  static long size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
