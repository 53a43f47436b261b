package dev.pipeline.plan;

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
        "artifacts/base",
        baseOrigin,
        "d00dfeedd00dfeed",
        Map.of("train", 360L, "validation", 40L, "rejected", 23L),
        Map.of("lora rank", "64", "learning rate", "2e-4"),
        Map.of("holdout_loss", 1.23456, "bleu", 21.5),
        "published as release 1; not registered with Ollama",
        Map.of("phi4-joshi.gguf", "ab".repeat(32)));
  }

  static PlanRecord plan(String model, String runKey, String text, String time) {
    return PlanRecord.of(facts(model, runKey), text, List.of("tone"), Instant.parse(time));
  }
}
