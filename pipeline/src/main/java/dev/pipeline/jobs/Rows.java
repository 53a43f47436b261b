package dev.pipeline.jobs;

import dev.pipeline.data.Cursor;
import java.nio.file.Path;
import java.util.List;

/**
 * Lines of files that are worked on one by one. Pure: the same line becomes the same lines,
 * whichever process works on it and however often, so that work can be divided and done again.
 *
 * @param <T> what a line is read as
 */
interface Rows<T> {
  /** Reads {@code file} from {@code offset} bytes on, where {@code lines} lines are past. */
  Cursor<T> open(Path file, long offset, int lines);

  /** What becomes of a row. */
  List<Line> work(T row);
}
