package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.GateBounds;
import dev.pipeline.config.GateConfig;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatesTest {
  private static final Path CONFIGS = Path.of("../configs");

  @ParameterizedTest
  @ValueSource(strings = {"gate.yaml", "gate-smoke.yaml"})
  void everyShippedGateBoundsMetricsThatExist(String name) {
    assertThat(Gates.read(CONFIGS.resolve(name))).isNotNull();
  }

  @Test
  void theShippedGateIsAsStrictAsWasPromised() {
    assertThat(bounds("holdout_loss").gainShare()).contains(0.2);
    assertThat(bounds("style_pass_rate").gain()).contains(0.3);
    assertThat(bounds("length_p90").below()).contains(160.0);
    assertThat(bounds("ends_by_itself").atLeast()).contains(0.95);
    assertThat(bounds("leak_rate").atMost()).contains(0.0);
  }

  private static GateBounds bounds(String metric) {
    GateConfig gate = GateConfig.read(CONFIGS.resolve("gate.yaml"));
    return Objects.requireNonNull(gate.metrics().get(metric), metric);
  }
}
