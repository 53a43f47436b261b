package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.curate.DatasetManifest;
import dev.pipeline.plan.Learning;
import dev.pipeline.plan.PlanMemory;
import dev.pipeline.plan.PlanStore;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plan memory as a configuration asks for it. */
public final class PlanStores {
  private PlanStores() {}

  /** Nothing is opened or connected yet. */
  public static PlanStore of(PipelineConfig config) {
    return PlanMemory.of(config.memory(), Workspace.of(config.model()).memory());
  }

  /** A dataset for agents who look for data, by its manifest: counts and rules, no text of it. */
  static Learning described(DatasetManifest manifest, Instant now) {
    Map<String, Object> metadata = new TreeMap<>();
    metadata.put("counts", manifest.counts());
    metadata.put("rejected", manifest.rejected());
    metadata.put("redactions", manifest.redactions());
    metadata.put("approvals", manifest.approvals());
    metadata.put("rules", manifest.rules());
    metadata.put("raw_files", manifest.inputs().size());
    String summary =
        "Dataset %s, version %s: %s. Redacted: %s. Rules: %s."
            .formatted(
                manifest.name(),
                manifest.version(),
                listed(manifest.counts()),
                listed(manifest.redactions()),
                String.join(", ", manifest.rules()));
    return Learning.ofDataset(manifest.name(), manifest.version(), summary, metadata, now);
  }

  private static String listed(Map<String, Integer> counts) {
    return counts.isEmpty()
        ? "nothing"
        : counts.entrySet().stream()
            .map(count -> count.getValue() + " " + count.getKey().replace('_', ' '))
            .collect(Collectors.joining(", "));
  }
}
