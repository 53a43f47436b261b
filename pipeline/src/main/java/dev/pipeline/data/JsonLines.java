package dev.pipeline.data;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of one JSON record a line, as this product itself writes them. */
public final class JsonLines {
  private JsonLines() {}

  /** Reads every line; a line that does not fit is refused with its number. */
  public static <T> List<T> read(Path file, Class<T> type) {
    return read(file, type, Json.MADE_AGAIN);
  }

  /** Reads every line; the refusal of one that does not fit names {@code fix} as the way out. */
  public static <T> List<T> read(Path file, Class<T> type, String fix) {
    List<T> records = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        records.add(Json.parse(line, type, file + " line " + number, fix));
      }
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + e.getMessage(),
          "check that the file exists, is readable and is UTF-8",
          e);
    }
    return records;
  }

  /** Writes one record a line, atomically. */
  public static void write(Path file, Iterable<?> records) {
    AtomicFiles.write(file, out -> write(out, records));
  }

  /** Writes one record a line, as it comes. */
  public static void write(OutputStream out, Iterable<?> records) throws IOException {
    for (Object record : records) {
      out.write(Json.line(record).getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    }
  }
}
