package dev.pipeline.data.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawLinesTest {
  @TempDir Path folder;

  @Test
  void countsEveryLineAlsoEmptyOnesAndALastOneWithoutBreak() throws IOException {
    Files.writeString(folder.resolve("a.jsonl"), "one\r\n\nthree");
    Files.writeString(folder.resolve("b.jsonl"), "four\n");
    Files.writeString(folder.resolve("notes.txt"), "no data");
    List<RawLine> lines = new ArrayList<>();
    RawLines.forEach(RawLines.files(folder), lines::add);
    assertThat(lines)
        .containsExactly(
            new RawLine("a.jsonl", 1, "one", true),
            new RawLine("a.jsonl", 2, "", true),
            new RawLine("a.jsonl", 3, "three", true),
            new RawLine("b.jsonl", 1, "four", true));
  }

  @Test
  void anEndlessLineIsCutAndTheNextOneIsRead() throws IOException {
    Files.writeString(
        folder.resolve("a.jsonl"), "x".repeat(RawLines.LONGEST_LINE + 5) + "\nnext\n");
    List<RawLine> lines = new ArrayList<>();
    RawLines.forEach(RawLines.files(folder), lines::add);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0).complete()).isFalse();
    assertThat(lines.get(0).text()).hasSize(RawLines.LONGEST_LINE);
    assertThat(lines.get(1).text()).isEqualTo("next");
  }

  @Test
  void aFolderThatIsMissingOrEmptyIsRefused() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> RawLines.files(folder.resolve("gone")))
        .withMessageContaining("does not exist");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> RawLines.files(folder))
        .withMessageContaining("no .jsonl file");
  }
}
