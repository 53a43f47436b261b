package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DatabasesTest {
  @TempDir Path home;

  @Test
  void aDamagedFileIsNotSaidToBeInUse() throws IOException {
    Path file = file();
    try (HikariDataSource source = Databases.open(config(), file)) {
      assertThat(source.getJdbcUrl()).contains("chat");
    }
    Path whole = file.resolveSibling("chat.mv.db");
    byte[] garbage = "no database".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    Files.write(whole, garbage);
    Failure failure = refused(file);
    assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
    assertThat(failure.reason())
        .contains("chat.mv.db", "damaged", "90030")
        .doesNotContain("another service");
    assertThat(failure.fix()).contains("move it away");
    assertThat(whole).hasBinaryContent(garbage);
  }

  /** H2 reaches the process that holds a job store by TCP, and meets its end in the middle. */
  @Test
  void aConnectionThatEndsIsNoDamage() {
    SQLException broken = new SQLException("Connection is broken", "90067", 90067);
    broken.initCause(new EOFException());
    assertThat(JobStore.isBroken(new IllegalStateException(broken))).isFalse();
    assertThat(JobStore.isBroken(new IllegalStateException(new EOFException()))).isTrue();
    assertThat(JobStore.isBroken(new SQLException("File corrupted", "90030", 90030))).isTrue();
  }

  @Test
  void aFileInUseIsNotSaidToBeDamaged() throws IOException {
    Path file = file();
    Path open = Files.createDirectories(home.resolve(".serve")).resolve("chat.mv.db");
    Files.createFile(open);
    try (FileChannel channel = FileChannel.open(open, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      Failure failure = refused(file);
      assertThat(failure.reason())
          .contains("another service may hold it")
          .doesNotContain("damaged");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyTheOwnerMayLookInside() throws IOException {
    Path folder = Files.createDirectories(home.resolve(".serve"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Databases.open(config(), file()).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
  }

  private Failure refused(Path file) {
    Failure failure =
        catchThrowableOfType(Failure.class, () -> Databases.open(config(), file).close());
    assertThat(failure).isNotNull();
    return failure;
  }

  private Path file() {
    return home.resolve(".serve").resolve("chat");
  }

  private PipelineConfig config() {
    return Runs.request(home, "").config();
  }
}
