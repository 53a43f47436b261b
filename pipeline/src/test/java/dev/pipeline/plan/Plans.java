package dev.pipeline.plan;

import dev.pipeline.release.PreferenceTraining;
import dev.pipeline.release.Training;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Plans for tests. */
final class Plans {
  private Plans() {}

  static PlanFacts facts(String model, String runKey) {
    return facts(model, runKey, Map.of());
  }

  static PlanFacts facts(String model, String runKey, Map<String, String> baseOrigin) {
    return new PlanFacts(
        model,
        "3",
        runKey,
        1,
        "artifacts/base",
        baseOrigin,
        "d00dfeedd00dfeed",
        Map.of("train", 360L, "validation", 40L, "rejected", 23L),
        Map.of("lora rank", "64", "learning rate", "2e-4"),
        Map.of("holdout_loss", 1.23456, "bleu", 21.5),
        "published as release 1; not registered with Ollama",
        Map.of("phi4-joshi.gguf", "ab".repeat(32)),
        new Training("SFT", "cd".repeat(32), null),
        "");
  }

  /** Facts of a model that learned preferences from data that are not to be shared. */
  static PlanFacts preferred() {
    PlanFacts tuned = facts("phi4-joshi", "run-2");
    PreferenceTraining preferences =
        new PreferenceTraining(
            "DPO",
            0.1,
            5e-6,
            "ef".repeat(32),
            "negotiation",
            "beefbeefbeefbeef",
            Map.of("train", 300, "validation", 118),
            0.881,
            118);
    return new PlanFacts(
        tuned.modelName(),
        tuned.planVersion(),
        tuned.runKey(),
        2,
        tuned.baseModel(),
        tuned.baseOrigin(),
        tuned.datasetVersion(),
        tuned.datasetCounts(),
        tuned.training(),
        tuned.metrics(),
        tuned.deploymentStatus(),
        tuned.artefacts(),
        new Training("SFT, then DPO", "12".repeat(32), preferences),
        "CONTROL DATA: do not share");
  }

  static PlanRecord plan(String model, String runKey, String text, String time) {
    return PlanRecord.of(facts(model, runKey), text, List.of("tone"), Instant.parse(time));
  }
}
