package dev.pipeline.track;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a growing {@code metrics.jsonl}, a chunk at a time, so that no more than a chunk is
 * ever in memory. Row n of the file is row n for whoever is told, whatever happens in between: a
 * run that resumes writes the file anew, shorter, and it is counted again from its start.
 */
public final class History {
  private final Path file;
  private final int mostRows;
  private long passed;
  private long position;
  private @Nullable Object identity;
  private Map<String, Object> last = new TreeMap<>();

  /**
   * Rows that follow one another.
   *
   * @param offset number of the first, from 0
   */
  public record Chunk(long offset, List<Row> rows, long next, Map<String, Object> last) {
    /** Whether there is anything in it. */
    public boolean isEmpty() {
      return rows.isEmpty();
    }
  }

  /** The rows of {@code file}, at most so many at once. */
  public History(Path file, int mostRows) {
    this.file = file;
    this.mostRows = mostRows;
  }

  /** Leaves out the first {@code rows}, which are known where they go. */
  public void skip(long rows) {
    passed = rows;
    rewind();
  }

  /** How many rows were passed on or left out. */
  public long passed() {
    return passed;
  }

  /** The last value of everything that was measured so far. */
  public Map<String, Object> last() {
    return last;
  }

  /**
   * The next rows, without passing them.
   *
   * @param ended whether the file grows no more
   */
  public Chunk peek(boolean ended) throws IOException {
    if (!Files.exists(file)) {
      return new Chunk(passed, List.of(), position, last);
    }
    rewindIfReplaced();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.position(position);
      InputStream in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
      RowReader reader = new RowReader(file, in, position);
      Map<String, Object> seen = new TreeMap<>(last);
      if (position == 0 && !pass(reader, passed, ended, seen)) {
        return new Chunk(passed, List.of(), position, seen);
      }
      List<Row> rows = new ArrayList<>();
      while (rows.size() < mostRows) {
        Optional<Row> row = reader.next(ended);
        if (row.isEmpty()) {
          break;
        }
        rows.add(row.get());
        remember(row.get(), seen);
      }
      return new Chunk(passed, List.copyOf(rows), reader.position(), seen);
    }
  }

  /** Passes {@code chunk}: it is where it belongs. */
  public void pass(Chunk chunk) {
    passed = chunk.offset() + chunk.rows().size();
    position = chunk.next();
    last = chunk.last();
  }

  private boolean pass(RowReader reader, long rows, boolean ended, Map<String, Object> seen)
      throws IOException {
    for (long i = 0; i < rows; i++) {
      Optional<Row> row = reader.next(ended);
      if (row.isEmpty()) {
        return false;
      }
      remember(row.get(), seen);
    }
    return true;
  }

  private static void remember(Row row, Map<String, Object> seen) {
    seen.putAll(row.values());
    seen.put("_step", row.step());
  }

  private void rewindIfReplaced() throws IOException {
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    // A file that takes another's place exists beside it for a moment, so that its key is new.
    Object key = String.valueOf(now.fileKey());
    if (!Objects.equals(key, identity) || now.size() < position) {
      rewind();
      identity = key;
    }
  }

  private void rewind() {
    position = 0;
    last = new TreeMap<>();
  }
}
