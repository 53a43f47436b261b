package dev.pipeline.mcp;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.jobs.PlanStores;
import dev.pipeline.plan.Learning;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.plan.PlanStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A workspace with something to look up. */
final class Memories {
  static final UUID PLAN = UUID.fromString("11111111-2222-5333-8444-555555555555");

  private Memories() {}

  /** The path of its configuration. */
  static Path in(Path folder) throws IOException {
    Path file = folder.resolve("all.yaml");
    Files.writeString(
        file,
        """
        model:
          model_name: buyer
          output_dir: %s
          dataset_dir: %s
        """
            .formatted(folder.resolve("artifacts"), folder.resolve("datasets")));
    try (PlanStore plans = PlanStores.of(config(file))) {
      plans.record(plan(PLAN, "Teach the buyer to ask for the index.", "2026-01-02T00:00:00Z"));
      plans.record(
          plan(
              UUID.fromString("66666666-7777-5888-8999-aaaaaaaaaaaa"),
              "Summaries of invoices.\nWith Ärger.",
              "2026-01-01T00:00:00Z"));
      plans.learn(
          Learning.of(
              "drift",
              "drift_finding",
              "2026-02-01",
              "buyer",
              "The tone became stiff.",
              Map.of(),
              Instant.parse("2026-02-01T00:00:00Z")));
    }
    return file;
  }

  static PipelineConfig config(Path file) {
    return ConfigLoader.load(file, List.of(), "memory");
  }

  private static PlanRecord plan(UUID id, String text, String time) {
    return new PlanRecord(
        id,
        "model_plan",
        "buyer",
        text,
        Map.of(
            "model_name", "buyer",
            "plan_version", "1",
            "dataset_counts", Map.of("train", 3),
            "deployment_status", "published"),
        time,
        List.of());
  }
}
