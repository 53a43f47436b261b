package dev.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.config.PackageConfig.ImportanceMatrix;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageConfigTest {
  @TempDir Path folder;

  @Test
  void byDefaultTheHoldOutDecides() throws IOException {
    PackageConfig config = load();
    assertThat(config.importanceMatrix()).isEqualTo(ImportanceMatrix.AUTO);
    assertThat(config.imatrixTokens()).isEqualTo(131_072);
    assertThat(config.qualityRows()).isEqualTo(64);
  }

  @Test
  void takesTheTypesThatAreMade() throws IOException {
    assertThat(load("quantizations=[Q6_K,Q5_K_M,Q4_0]").quantizations())
        .containsExactly("Q6_K", "Q5_K_M", "Q4_0");
    assertThat(load("importance_matrix=never", "quality_rows=0").qualityRows()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "quality_rows=0, 'importance_matrix auto compares files on held-out rows, and quality_rows is 0'",
    "quality_rows=-1, quality_rows",
    "imatrix_tokens=0, imatrix_tokens",
    "importance_matrix=sometimes, importance_matrix",
    "quantizations=[Q2_K], quantizations may name",
    "'quantizations=[Q4_K_M,Q4_K_M]', quantizations names a type twice"
  })
  void refusesOthersByTheirKey(String setting, String message) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> load(setting))
        .withMessageContaining(message);
  }

  private PackageConfig load(String... settings) throws IOException {
    Path file = Files.writeString(folder.resolve("all.yaml"), "model:\n  seed: 5\n");
    return ConfigLoader.load(file, List.of(settings), "package").packaging();
  }
}
