package dev.pipeline.fetch;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract against a real hub: {@code PIPELINE_TEST_HUB} names a small public model there, such
 * as {@code hf-internal-testing/tiny-random-LlamaForCausalLM}, and {@code HF_ENDPOINT} another hub.
 */
@Tag("recipe")
@EnabledIfEnvironmentVariable(
    named = "PIPELINE_TEST_HUB",
    matches = "[^/]+/[^/]+",
    disabledReason = "PIPELINE_TEST_HUB names no model of a real hub")
class RealHubTest implements HubContract {
  @Override
  public String endpoint() {
    return System.getenv().getOrDefault("HF_ENDPOINT", "https://huggingface.co");
  }

  @Override
  public String model() {
    return System.getenv("PIPELINE_TEST_HUB");
  }
}
