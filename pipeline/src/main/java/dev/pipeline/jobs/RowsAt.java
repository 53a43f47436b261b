package dev.pipeline.jobs;

import dev.pipeline.data.Cursor;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows at a place, through as many files as it spans. */
final class RowsAt<T> implements Iterator<T>, AutoCloseable {
  private final List<Path> files;
  private final Rows<T> rows;
  private final Place place;
  private int file;
  private long left;
  private @Nullable Cursor<T> cursor;

  RowsAt(List<Path> files, Rows<T> rows, Place place) {
    this.files = files;
    this.rows = rows;
    this.place = place;
    this.file = place.file();
    this.left = place.rows();
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public T next() {
    while (left > 0 && file < files.size()) {
      Cursor<T> open = current();
      Optional<T> row = open.next();
      if (row.isPresent()) {
        left--;
        return row.get();
      }
      close();
      file++;
    }
    throw new NoSuchElementException("the files of " + place + " became shorter");
  }

  private Cursor<T> current() {
    Cursor<T> open = cursor;
    if (open == null) {
      boolean first = file == place.file();
      open = rows.open(files.get(file), first ? place.offset() : 0, first ? place.line() : 0);
      cursor = open;
    }
    return open;
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }
}
