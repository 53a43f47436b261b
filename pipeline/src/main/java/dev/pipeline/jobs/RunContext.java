package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.release.GateOverride;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the steps of one run work with.
 *
 * @param config all settings
 * @param workspace the model's folders
 * @param key the run's key
 * @param folder the run's own folder; what lies there survives a kill
 * @param earlier manifests of the jobs before it, by name
 * @param gateOverride somebody's decision to publish what the gate refuses
 * @param stop polled at safe points
 * @param progress told how far the work is
 */
public record RunContext(
    PipelineConfig config,
    Workspace workspace,
    RunKey key,
    Path folder,
    Map<String, RunManifest> earlier,
    Optional<GateOverride> gateOverride,
    StopSignal stop,
    Progress progress) {
  /** Copies the map. */
  public RunContext {
    earlier = Map.copyOf(earlier);
  }

  /** Where an earlier job put what it made. */
  public Path output(String job, String name) {
    return Path.of(earlier(job).output(name).path());
  }

  /** SHA-256 of what an earlier job made. */
  public String digest(String job, String name) {
    return earlier(job).output(name).sha256();
  }

  private RunManifest earlier(String job) {
    RunManifest manifest = earlier.get(job);
    if (manifest == null) {
      throw new IllegalArgumentException(key.job() + " does not need " + job);
    }
    return manifest;
  }
}
