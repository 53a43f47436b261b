package dev.pipeline.track;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Rows out of lines: lines of the same step that follow one another are one row. A row is whole
 * once another begins, or when nothing follows any more; a line without its line break is not there
 * yet.
 */
final class RowReader {
  private static final String STEP = "step";
  private static final int LONGEST_LINE = 1 << 20;

  private final Path file;
  private final InputStream in;
  private long position;
  private @Nullable Row begun;
  private long begunAt;

  /**
   * Reads from a place in the file.
   *
   * @param in stands there
   * @param position bytes before it
   */
  RowReader(Path file, InputStream in, long position) {
    this.file = file;
    this.in = in;
    this.position = position;
    this.begunAt = position;
  }

  /** Where the next row begins. */
  long position() {
    return begunAt;
  }

  /**
   * The next whole row.
   *
   * @param ended whether the file grows no more, so that the last row is whole
   */
  Optional<Row> next(boolean ended) throws IOException {
    while (true) {
      long lineAt = position;
      String line = line();
      if (line == null) {
        Row last = begun;
        if (!ended || last == null) {
          return Optional.empty();
        }
        begun = null;
        begunAt = lineAt;
        return Optional.of(last);
      }
      Optional<Row> parsed = parse(line);
      if (parsed.isEmpty()) {
        continue;
      }
      Row row = parsed.get();
      Row before = begun;
      if (before == null) {
        begun = row;
      } else if (before.step() == row.step()) {
        begun = before.with(row.values());
      } else {
        begun = row;
        begunAt = lineAt;
        return Optional.of(before);
      }
    }
  }

  private Optional<Row> parse(String line) {
    try {
      JsonNode node = Json.mapper().readTree(line);
      if (!node.path(STEP).isIntegralNumber()) {
        return Optional.empty();
      }
      Map<String, Object> values = new LinkedHashMap<>();
      node.properties().stream()
          .filter(entry -> entry.getValue().isNumber() && !entry.getKey().equals(STEP))
          .forEach(entry -> values.put(entry.getKey(), entry.getValue().numberValue()));
      return Optional.of(new Row(node.path(STEP).longValue(), values));
    } catch (JacksonException e) {
      throw unreadable("byte " + position + " is the end of a line that is no JSON");
    }
  }

  /** The next line, or null where none is whole. */
  private @Nullable String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\n') {
        position += bytes.size() + 1;
        return bytes.toString(StandardCharsets.UTF_8);
      }
      if (bytes.size() >= LONGEST_LINE) {
        throw unreadable("a line is longer than " + LONGEST_LINE + " bytes");
      }
      bytes.write(b);
    }
    return null;
  }

  private Failure unreadable(String why) {
    return Failure.refused(
        "cannot read the metrics in " + file + ": " + why, "restore the file from a backup");
  }
}
