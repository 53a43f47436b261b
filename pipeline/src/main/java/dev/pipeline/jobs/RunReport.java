package dev.pipeline.jobs;

import dev.pipeline.io.Progress;
import java.time.Duration;

/** Who tells the user what happens. */
public interface RunReport {
  /** Several roads lead through the job; which this run follows, and why. */
  void road(String words);

  /** Something a person should know before time is spent; nobody has to listen. */
  default void note(String subject, String words) {}

  /** A job begins; the work reports to what is returned. */
  Progress started(String job, boolean continued);

  /** A job is done. */
  void finished(RunManifest manifest, Duration duration);

  /** A job was done before, with the same inputs, settings and code. */
  void alreadyDone(RunManifest manifest);

  /** Every job was done before. */
  void nothingToDo();
}
