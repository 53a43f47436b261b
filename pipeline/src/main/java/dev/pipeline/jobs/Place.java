package dev.pipeline.jobs;

import dev.pipeline.data.JsonLines;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive lines of a list of files. Found by counting line ends, so that whoever works on them
 * need not read what stands before.
 *
 * @param file index of the file that they begin in
 * @param offset bytes of that file before them
 * @param line lines of that file before them
 * @param rows how many they are; they may reach into the next files
 */
record Place(int file, long offset, int line, long rows) {
  private static final int BUFFER = 1 << 20;

  /** A name that no other place in the same files has. */
  String name() {
    return file + "-" + offset + "-" + rows;
  }

  /** All lines of {@code files} as one place. */
  static Place whole(List<Path> files) {
    return new Place(0, 0, 0, each(files, Long.MAX_VALUE).stream().mapToLong(Place::rows).sum());
  }

  /** All lines of {@code files}, {@code rows} a place and the rest in the last. */
  static List<Place> each(List<Path> files, long rows) {
    Cutter cutter = new Cutter(rows);
    for (int file = 0; file < files.size(); file++) {
      cutter.scan(file, files.get(file));
    }
    cutter.finish();
    return cutter.places;
  }

  /** Counts as it goes. */
  private static final class Cutter {
    private final List<Place> places = new ArrayList<>();
    private final byte[] buffer = new byte[BUFFER];
    private final long most;
    private Place open = new Place(0, 0, 0, 0);

    Cutter(long most) {
      this.most = most;
    }

    void scan(int file, Path path) {
      long offset = 0;
      int lines = 0;
      long lineStart = 0;
      try (InputStream in = JsonLines.stream(path, 0)) {
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
          for (int i = 0; i < read; i++) {
            if (buffer[i] == '\n') {
              row(file, lineStart, lines++);
              lineStart = offset + i + 1;
            }
          }
          offset += read;
        }
      } catch (IOException e) {
        throw Failure.infrastructure(
            "cannot read " + path + ": " + Reason.of(e), "check that it is readable", e);
      }
      if (offset > lineStart) {
        row(file, lineStart, lines);
      }
    }

    private void row(int file, long offset, int line) {
      if (open.rows == most) {
        finish();
      }
      open =
          open.rows == 0
              ? new Place(file, offset, line, 1)
              : new Place(open.file, open.offset, open.line, open.rows + 1);
    }

    private void finish() {
      if (open.rows > 0) {
        places.add(open);
      }
      open = new Place(0, 0, 0, 0);
    }
  }
}
