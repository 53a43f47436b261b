package dev.pipeline.serve.look;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.lineage.Lineage;
import dev.pipeline.lineage.Walk;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lineage for those who ask by HTTP. Telling the way reads manifests, which is cheap. Finding a row
 * reads the rows of all dataset versions, looking at the files reads all of them, weights included;
 * each is done for one at a time.
 */
public final class LineageDesk {
  private final PipelineConfig config;
  private final Lock looking;
  private final Lock reading;

  /** The lineage of the model of {@code config}. */
  public LineageDesk(PipelineConfig config) {
    this(config, new ReentrantLock(), new ReentrantLock());
  }

  /**
   * The same.
   *
   * @param looking held while files are looked at
   * @param reading held while rows are read
   */
  LineageDesk(PipelineConfig config, Lock looking, Lock reading) {
    this.config = config;
    this.looking = looking;
    this.reading = reading;
  }

  /**
   * The way from and to what {@code name} names: an id or a digest, never a path.
   *
   * @param verify whether files are looked at
   */
  public Walk walk(String name, boolean verify) {
    return verify
        ? alone(looking, "files are being looked at", () -> walkNow(name.strip(), true))
        : walkNow(name.strip(), false);
  }

  /** Anew each time: what lies on the disk may have changed. */
  private Walk walkNow(String name, boolean verify) {
    Lineage lineage = Lineage.of(config);
    // The lock is for the search alone: files may be looked at for minutes.
    String id =
        lineage.readsRows(name)
            ? alone(reading, "rows are being read", () -> lineage.idOf(name))
            : name;
    return lineage.walkNamed(id, verify, Progress.SILENT);
  }

  private static <T> T alone(Lock lock, String what, Supplier<T> work) {
    if (!lock.tryLock()) {
      throw Failure.infrastructure(what + " for somebody else", "ask again in a minute", null);
    }
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
