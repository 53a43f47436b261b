package dev.pipeline.export.llama;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerLogTest {
  @TempDir Path temporary;

  @Test
  void whatAKilledParentLeftGoesAtTheNextStart() throws IOException {
    Path left = folder("pipeline-llama-1-left", true);
    Path unknown = folder("pipeline-llama-1-unknown", false);
    Path stranger = folder("stranger", true);
    Path inUse = folder("pipeline-llama-1-used", true);
    try (FileChannel other = FileChannel.open(inUse.resolve("lock"), StandardOpenOption.WRITE)) {
      assertThat(other.tryLock()).isNotNull();
      WorkerLog log = WorkerLog.create(temporary);

      assertThat(left).doesNotExist();
      assertThat(unknown).exists();
      assertThat(stranger).exists();
      assertThat(inUse).exists();
      assertThat(log.folder().resolve("lock")).exists();
      log.delete();
      assertThat(log.folder()).doesNotExist();
    }
  }

  @Test
  void ourOwnStayWhileTheyAreUsed() throws IOException {
    WorkerLog first = WorkerLog.create(temporary);
    old(first.folder());
    WorkerLog second = WorkerLog.create(temporary);
    assertThat(first.folder()).exists();
    first.delete();
    second.delete();
  }

  private Path folder(String name, boolean locked) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve(name));
    Files.writeString(folder.resolve("log"), "what it said");
    if (locked) {
      Files.createFile(folder.resolve("lock"));
    }
    old(folder);
    return folder;
  }

  private static void old(Path folder) throws IOException {
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
  }
}
