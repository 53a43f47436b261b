package dev.pipeline.jobs;

import dev.pipeline.io.Progress;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads items in a fixed order. The number read is part of the step's state; a restart skips as
 * many.
 */
final class CountingReader<T> implements ItemStreamReader<T> {
  private static final Logger LOG = LoggerFactory.getLogger(CountingReader.class);
  private static final String READ = "items read";

  private final Supplier<Iterator<T>> source;
  private final Progress progress;
  private final long total;
  private final String unit;
  private @Nullable Iterator<T> items;
  private long read;

  /**
   * A reader.
   *
   * @param source gives the same items in the same order whenever it is asked
   * @param total how many there are, 0 when unknown
   * @param unit what they are, for people
   */
  CountingReader(Supplier<Iterator<T>> source, long total, String unit, Progress progress) {
    this.source = source;
    this.total = total;
    this.unit = unit;
    this.progress = progress;
  }

  @Override
  public void open(ExecutionContext state) {
    Iterator<T> fresh = source.get();
    long skipped = state.getLong(READ, 0);
    for (read = 0; read < skipped && fresh.hasNext(); read++) {
      fresh.next();
    }
    items = fresh;
  }

  @Override
  public @Nullable T read() {
    if (items == null || !items.hasNext()) {
      return null;
    }
    read++;
    progress.at(read, total, unit);
    return items.next();
  }

  @Override
  public void update(ExecutionContext state) {
    state.putLong(READ, read);
  }

  @Override
  public void close() {
    if (items instanceof AutoCloseable open) {
      closeQuietly(open);
    }
    items = null;
  }

  /** What was read is read; a file that cannot be closed takes nothing away. */
  private static void closeQuietly(AutoCloseable open) {
    try {
      open.close();
    } catch (Exception e) {
      LOG.warn("cannot close what was read", e);
    }
  }
}
