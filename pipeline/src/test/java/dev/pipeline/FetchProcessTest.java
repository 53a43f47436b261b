package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.fetch.FakeContent;
import dev.pipeline.fetch.FakeHub;
import dev.pipeline.fetch.FakeRepository;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fetch is killed with -9, stopped by Ctrl-C and met by a file system that takes no more. */
@Tag("e2e")
class FetchProcessTest {
  private static final int SIZE = 12_000_000;

  @TempDir Path folder;
  private FakeHub hub;
  private FakeRepository repository;

  @BeforeEach
  void start() throws IOException {
    hub = new FakeHub();
    repository =
        hub.add("owner/model")
            .git("config.json", "{}")
            .lfs("model.safetensors", FakeContent.safetensors(SIZE, 7));
  }

  @AfterEach
  void nothingForbiddenWasDone() throws IOException {
    hub.close();
    assertThat(hub.violations).isEmpty();
  }

  @Test
  void afterAKillItGoesOnFromThere() throws IOException {
    hub.misbehaviour.hangs = true;
    hub.misbehaviour.drops.add(5_000_000L);

    Program.Ended killed = Program.run(this::noted, fetch());
    assertThat(killed.status()).as(killed.text()).isEqualTo(137);
    assertThat(folder.resolve("model.safetensors")).doesNotExist();

    hub.ranges.clear();
    Program.Ended done = Program.run(fetch());
    assertThat(done.status()).as(done.text()).isZero();
    assertThat(hub.ranges).hasSize(1);
    assertThat(hub.ranges.peek()).doesNotStartWith("bytes=0-");
    assertRight();
  }

  @Test
  void ctrlCDoesNotWaitForASilentServer() throws IOException {
    hub.misbehaviour.hangs = true;
    hub.misbehaviour.drops.add(5_000_000L);

    Program.Ended stopped = Program.runAtTerminal(this::noted, fetch());
    assertThat(stopped.status()).as(stopped.text()).isEqualTo(130);
    assertThat(stopped.text()).contains("run the same command again");

    assertThat(Program.run(fetch()).status()).isZero();
    assertRight();
  }

  @Test
  void aFileSystemThatTakesNoMoreLeavesNothingUnderItsName() throws IOException {
    Program.Ended full = Program.runWithLimit(4096, fetch());

    assertThat(full.status()).as(full.text()).isEqualTo(3);
    assertThat(full.text()).contains("File too large", "free some disk space");
    assertThat(folder.resolve("model.safetensors")).doesNotExist();
    assertThat(folder.resolve("fetch.json")).doesNotExist();

    assertThat(Program.run(fetch()).status()).isZero();
    assertRight();
  }

  /** Written some seconds after the first byte, and long before a silent server is given up. */
  private boolean noted() {
    return Files.exists(folder.resolve("model.safetensors.partial.json"));
  }

  private void assertRight() {
    assertThat(Hashes.sha256(folder.resolve("model.safetensors")))
        .isEqualTo(repository.file("model.safetensors").sha256);
    assertThat(folder.resolve("fetch.json")).exists();
    assertThat(folder.resolve("model.safetensors.partial")).doesNotExist();
  }

  private String[] fetch() {
    return new String[] {
      "fetch",
      "owner/model",
      "--endpoint",
      hub.endpoint(),
      "--to",
      folder.toString(),
      "--connections",
      "1"
    };
  }
}
