package dev.pipeline.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildrenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HF_TOKEN",
        "HUGGING_FACE_HUB_TOKEN",
        "WANDB_API_KEY",
        "QDRANT_API_KEY",
        "EMBEDDER_API_KEY",
        "PIPELINE_DB_PASSWORD",
        "PGPASSWORD",
        "PIPELINE_SERVE_TOKEN",
        "AWS_SECRET_ACCESS_KEY",
        "google_application_credentials"
      })
  void aCredentialIsKnownByItsName(String variable) {
    assertThat(Children.namesSecret(variable)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PATH", "HOME", "LD_LIBRARY_PATH", "OMP_WAIT_POLICY", "CUDA_VISIBLE_DEVICES"})
  void whatAProgramNeedsStays(String variable) {
    assertThat(Children.namesSecret(variable)).isFalse();
  }

  @Test
  void aChildHasTheRestOfTheEnvironment() throws IOException {
    Process child = Children.withoutSecrets(List.of("env")).start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said).contains("PATH=" + System.getenv("PATH"));
    assertThat(said.lines().map(line -> line.replaceFirst("=.*", "")))
        .noneMatch(Children::namesSecret);
  }
}
