package dev.pipeline.data;

import java.util.Optional;

/** The rows of one file, one after the other. */
public interface Cursor<T> extends AutoCloseable {
  /** The next row, or empty at the end of the file. */
  Optional<T> next();

  @Override
  void close();
}
