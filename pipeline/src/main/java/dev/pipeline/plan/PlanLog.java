package dev.pipeline.plan;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Plans as JSON lines, only ever appended to and synced. A line counts once its line break is on
 * disk: an append that a crash tore is ignored by readers and cut off by the next append.
 */
final class PlanLog {
  private static final byte LINE_END = '\n';

  private final Path file;

  PlanLog(Path file) {
    this.file = file;
  }

  /** Every line, oldest first. */
  List<PlanRecord> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    byte[] bytes = content();
    String whole = new String(bytes, 0, wholeLines(bytes), StandardCharsets.UTF_8);
    List<PlanRecord> plans = new ArrayList<>();
    int number = 0;
    for (String line : (Iterable<String>) whole.lines()::iterator) {
      number++;
      plans.add(Json.parse(line, PlanRecord.class, file + " line " + number));
    }
    return plans;
  }

  /** Appends one line; the caller keeps other writers out. */
  void append(PlanRecord plan) {
    String line = Json.line(plan) + "\n";
    if (!Files.exists(file)) {
      AtomicFiles.writeString(file, line);
      return;
    }
    long end = wholeLines(content());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(end);
      channel.position(end);
      ByteBuffer buffer = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  private byte[] content() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + e.getMessage(), "check its permissions", e);
    }
  }

  /** Length in bytes up to and including the last line break. */
  private static int wholeLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != LINE_END) {
      end--;
    }
    return end;
  }
}
