package dev.pipeline.track.wandb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The contract, kept by the fake. */
class FakeWeightsAndBiasesTest implements WeightsAndBiasesContract {
  private FakeWeightsAndBiases server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeWeightsAndBiases();
  }

  @AfterEach
  void stop() {
    assertThat(server.refusals()).isEmpty();
    server.close();
  }

  @Override
  public Map<String, String> environment() {
    return server.environment();
  }
}
