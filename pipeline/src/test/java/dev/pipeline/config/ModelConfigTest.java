package dev.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {
  @ParameterizedTest
  @ValueSource(strings = {"cpu", "cuda", "auto", "cuda:0", "cuda:1,0", "cuda:0,1,2,3"})
  void takesOneDeviceOrSeveralGpus(String device) {
    assertThat(load(device).model().device()).isEqualTo(device);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "cuda:a", "cuda:0,", "cuda:0,0", "cpu,cpu", "cuda:-1"})
  void refusesTheRest(String device) {
    assertThatThrownBy(() -> load(device))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("must be cpu, cuda, auto, or GPUs such as cuda:0,1");
  }

  private static PipelineConfig load(String device) {
    return ConfigLoader.load(
        Path.of("../configs/demo"),
        List.of("model_registry=../configs/models", "device=" + device),
        "sft");
  }
}
