package dev.pipeline.evaluate.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.data.Approval;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewLogTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("opinions.jsonl");
    Files.createFile(file);
  }

  @Test
  void readsWhatWasAppendedWhileItIsOpen() {
    LogEntry approval =
        LogEntry.of(Instant.EPOCH, "Ben", new Approval(Approval.State.APPROVED, "Ben", "fine"));
    try (ReviewLog log = ReviewLog.open(file)) {
      log.append(entry("first"));
      assertThat(ReviewLog.read(file)).containsExactly(entry("first"));
      log.append(approval);
      assertThat(ReviewLog.read(file)).containsExactly(entry("first"), approval);
    }
  }

  @Test
  void goesOnAfterACrashInTheMiddleOfALine() throws IOException {
    append(entry("first"));
    Files.writeString(file, "{\"at\":\"1970-01", StandardOpenOption.APPEND);
    assertThat(ReviewLog.read(file)).containsExactly(entry("first"));
    append(entry("second"));
    assertThat(ReviewLog.read(file)).containsExactly(entry("first"), entry("second"));
  }

  @Test
  void refusesADamagedLineByItsNumber() throws IOException {
    append(entry("first"));
    Files.writeString(file, "{\"at\":\n", StandardOpenOption.APPEND);
    append(entry("third"));
    assertThatThrownBy(() -> ReviewLog.read(file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("opinions.jsonl line 2");
  }

  @Test
  void twoCannotWriteAtATime() {
    try (ReviewLog log = ReviewLog.open(file)) {
      log.append(entry("first"));
      ReviewLog.read(file);
      assertThatThrownBy(() -> ReviewLog.open(file))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("another process");
    }
    append(entry("second"));
  }

  @Test
  void keepsWholeLinesOfManyThreads() {
    try (ReviewLog log = ReviewLog.open(file)) {
      IntStream.range(0, 200).parallel().forEach(i -> log.append(entry("é".repeat(i) + i)));
    }
    assertThat(ReviewLog.read(file))
        .extracting(LogEntry::item)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 200).mapToObj(i -> "é".repeat(i) + i).toList());
  }

  @Test
  void anEntryIsAboutOneThing() {
    assertThatThrownBy(() -> new LogEntry("", "Ben", null, null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new LogEntry("", "Ben", "i", Opinion.NONE, Approval.pending()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void append(LogEntry entry) {
    try (ReviewLog log = ReviewLog.open(file)) {
      log.append(entry);
    }
  }

  private static LogEntry entry(String item) {
    Opinion opinion =
        new Opinion(
            Preference.TIE, Map.of(Criterion.TONE, 3), Map.of(Criterion.NEXT_STEP, 5), "Über");
    return LogEntry.of(Instant.EPOCH, "Anna", item, opinion);
  }
}
