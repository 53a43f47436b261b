package dev.pipeline.config;

import java.util.List;

/**
 * {@code plan.yaml}: what is recorded for agents to look up.
 *
 * @param planVersion version of the plan; default 1
 * @param planText the plan in a sentence or two
 * @param tags words to find it by, beside the trainings, sft and dpo; default none
 */
public record PlanConfig(String planVersion, String planText, List<String> tags) {
  /** What holds without a file. */
  public static final PlanConfig DEFAULTS =
      new PlanConfig(
          "1",
          "Short, empathetic negotiation answers with one suggestion, learnt by LoRA from curated"
              + " conversations and served as a quantised GGUF.",
          List.of());

  /** Refuses an empty plan. */
  public PlanConfig {
    tags = List.copyOf(tags);
    Check.notBlank("plan_version", planVersion);
    Check.notBlank("plan_text", planText);
  }
}
