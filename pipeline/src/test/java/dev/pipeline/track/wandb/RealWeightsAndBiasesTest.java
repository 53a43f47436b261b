package dev.pipeline.track.wandb;

import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract, asked of the server that the environment names. */
@EnabledIfEnvironmentVariable(named = "WANDB_API_KEY", matches = ".+")
@EnabledIfEnvironmentVariable(named = "WANDB_BASE_URL", matches = ".+")
class RealWeightsAndBiasesTest implements WeightsAndBiasesContract {
  @Override
  public Map<String, String> environment() {
    return System.getenv();
  }
}
