package dev.pipeline.jobs;

import dev.pipeline.io.Progress;
import java.time.Duration;

/** Tells nobody anything; who wants to hear something overrides that. */
public interface QuietReport extends RunReport {
  @Override
  default void road(String words) {}

  @Override
  default Progress started(String job, boolean continued) {
    return Progress.SILENT;
  }

  @Override
  default void finished(RunManifest manifest, Duration duration) {}

  @Override
  default void alreadyDone(RunManifest manifest) {}

  @Override
  default void nothingToDo() {}
}
