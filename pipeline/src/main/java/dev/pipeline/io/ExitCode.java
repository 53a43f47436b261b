package dev.pipeline.io;

/** What the process tells the shell. */
public enum ExitCode {
  /** Done, or nothing to do. */
  OK(0),
  /** The evaluation gate said no. */
  GATE_FAILED(1),
  /** The command line or a configuration file is wrong. */
  USAGE(2),
  /** A disk, a server or a library failed. */
  INFRASTRUCTURE(3),
  /** A dataset or the weights were refused. */
  REFUSED(4),
  /** Training stopped: NaN, empty mask, out of memory. */
  TRAINING_STOPPED(5),
  /** A person or the system asked to stop. */
  INTERRUPTED(130);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The process exit status. */
  public int status() {
    return status;
  }
}
