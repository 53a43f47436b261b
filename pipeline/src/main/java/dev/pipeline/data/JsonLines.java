package dev.pipeline.data;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

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
    try (Cursor<T> cursor = open(file, 0, 0, type, fix)) {
      for (Optional<T> next = cursor.next(); next.isPresent(); next = cursor.next()) {
        records.add(next.get());
      }
    }
    return records;
  }

  /**
   * Opens a file at {@code offset} bytes, where {@code lines} lines are past. A line that does not
   * fit is refused with its number.
   */
  public static <T> Cursor<T> open(Path file, long offset, int lines, Class<T> type) {
    return open(file, offset, lines, type, Json.MADE_AGAIN);
  }

  private static <T> Cursor<T> open(Path file, long offset, int lines, Class<T> type, String fix) {
    try {
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(stream(file, offset), StandardCharsets.UTF_8.newDecoder()));
      return new Lines<>(file, reader, new AtomicInteger(lines), type, fix);
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  /** The bytes of {@code file} from {@code offset} on. */
  public static InputStream stream(Path file, long offset) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    channel.position(offset);
    return Channels.newInputStream(channel);
  }

  private record Lines<T>(
      Path file, BufferedReader reader, AtomicInteger number, Class<T> type, String fix)
      implements Cursor<T> {
    @Override
    public Optional<T> next() {
      try {
        String line = reader.readLine();
        return line == null
            ? Optional.empty()
            : Optional.of(Json.parse(line, type, file + " line " + number.incrementAndGet(), fix));
      } catch (IOException e) {
        throw cannotRead(file, e);
      }
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw cannotRead(file, e);
      }
    }
  }

  private static Failure cannotRead(Path file, IOException e) {
    return Failure.infrastructure(
        "cannot read " + file + ": " + e.getMessage(),
        "check that the file exists, is readable and is UTF-8",
        e);
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
