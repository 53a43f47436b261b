package dev.pipeline.serve.look;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.lineage.Lineage;
import dev.pipeline.lineage.Walk;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lineage for those who ask by HTTP. Telling the way reads manifests, which is cheap; looking at
 * the files reads all of them, weights included, and is done for one at a time.
 */
public final class LineageDesk {
  private final PipelineConfig config;
  private final Lock looking = new ReentrantLock();

  /** The lineage of the model of {@code config}. */
  public LineageDesk(PipelineConfig config) {
    this.config = config;
  }

  /**
   * The way from and to what {@code name} names: an id or a digest, never a path.
   *
   * @param verify whether files are looked at
   */
  public Walk walk(String name, boolean verify) {
    if (!verify) {
      return walkNow(name, false);
    }
    if (!looking.tryLock()) {
      throw Failure.infrastructure(
          "files are being looked at for somebody else", "ask again in a minute", null);
    }
    try {
      return walkNow(name, true);
    } finally {
      looking.unlock();
    }
  }

  /** Whether there is a way from and to the run called {@code name}. */
  public boolean knowsRun(String name) {
    return Lineage.of(config).knowsRun(name);
  }

  /** Anew each time: what lies on the disk may have changed. */
  private Walk walkNow(String name, boolean verify) {
    return Lineage.of(config).walkNamed(name.strip(), verify, Progress.SILENT);
  }
}
