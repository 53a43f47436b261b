package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.config.DatabaseConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreLocationTest {
  private static final Path JOBS = Path.of("artifacts/.jobs");

  @Test
  void isEmbeddedUnlessADatabaseIsNamed() {
    StoreLocation location = StoreLocation.of(DatabaseConfig.DEFAULTS, JOBS, Map.of());
    assertThat(location.embedded()).isTrue();
    assertThat(location.url()).contains("/artifacts/.jobs/store");
  }

  @Test
  void theEnvironmentNamesDatabaseUserAndPassword() {
    StoreLocation location =
        StoreLocation.of(
            new DatabaseConfig("jdbc:postgresql://other/jobs"),
            JOBS,
            Map.of(
                "PIPELINE_DB_URL", "jdbc:postgresql://host/jobs",
                "PIPELINE_DB_USER", "joshi",
                "PIPELINE_DB_PASSWORD", "secret"));
    assertThat(location.embedded()).isFalse();
    assertThat(location.credentials()).containsEntry("username", "joshi");
    assertThat(location).hasToString("jdbc:postgresql://host/jobs");
  }

  @Test
  void whatTheEnvironmentDoesNotSayTheDriverFindsItself() {
    DatabaseConfig config = new DatabaseConfig("jdbc:postgresql://host/jobs");
    assertThat(StoreLocation.of(config, JOBS, Map.of("PIPELINE_DB_PASSWORD", "")).credentials())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "jdbc:postgresql://joshi:secret@host/jobs"})
  void aBadVariableIsRefusedByItsName(String url) {
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> StoreLocation.of(DatabaseConfig.DEFAULTS, JOBS, Map.of("PIPELINE_DB_URL", url)));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure).hasMessageStartingWith("PIPELINE_DB_URL: url must");
    assertThat(failure.getMessage()).doesNotContain("secret");
  }
}
