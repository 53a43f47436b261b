package dev.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigestTest {
  @TempDir Path folder;

  /** {@code printf 'hello\n' | git hash-object --stdin} and {@code | sha256sum}. */
  @Test
  void isWhatGitAndSha256sumSay() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "hello\n");

    assertThat(Digest.of(Digest.Kind.GIT, file, new StopSignal()))
        .hasToString("git:ce013625030ba8dba906f756967f9e9ca394464a");
    assertThat(Digest.of(Digest.Kind.SHA256, file, new StopSignal()))
        .hasToString("sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03");
  }

  @Test
  void readsWhatItWrites() {
    Digest digest = new Digest(Digest.Kind.GIT, "a".repeat(40));
    assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
    assertThatThrownBy(() -> Digest.parse("md5:" + "a".repeat(32)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Digest(Digest.Kind.SHA256, "A".repeat(64)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
