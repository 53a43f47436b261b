package dev.pipeline.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineLogTest {
  @TempDir Path folder;

  @Test
  void anAppendTornAnywhereIsForgottenAndOverwritten() throws IOException {
    Path file = folder.resolve("new/log");
    LineLog log = new LineLog(file);
    log.append(List.of("prémier", "second"));
    byte[] before = Files.readAllBytes(file);
    log.append(List.of("thïrd"));
    byte[] after = Files.readAllBytes(file);

    for (int length = before.length; length < after.length; length++) {
      Files.write(file, Arrays.copyOf(after, length));
      assertThat(log.read()).containsExactly("prémier", "second");
      log.append(List.of("thïrd"));
      assertThat(file).hasBinaryContent(after);
    }
  }

  @Test
  void isEmptyWithoutAFileAndAfterReplacingByNothing() {
    LineLog log = new LineLog(folder.resolve("log"));

    assertThat(log.read()).isEmpty();
    log.append(List.of());
    assertThat(folder.resolve("log")).doesNotExist();
    log.append(List.of("one"));
    log.replace(List.of());
    assertThat(log.read()).isEmpty();
    log.append(List.of("two"));
    assertThat(log.read()).containsExactly("two");
  }
}
