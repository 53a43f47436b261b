package dev.pipeline.schedule.launch;

/** Somewhere that runs happen. */
public interface Launcher {
  /**
   * Starts the run, follows its state and its log, and waits for its end.
   *
   * @return the exit code of the run
   */
  int launch(Launch launch);
}
