package dev.pipeline.io;

import org.jspecify.annotations.Nullable;

/**
 * A failure a person can act on: one line that names the file, line or key, and one line that says
 * how to mend it.
 *
 * <p>Everything the product refuses is thrown as this type; any other exception that reaches the
 * command line is a bug.
 */
public final class Failure extends RuntimeException {
  private final ExitCode exitCode;
  private final String fix;

  private Failure(ExitCode exitCode, String reason, String fix, @Nullable Throwable cause) {
    super(reason, cause);
    this.exitCode = exitCode;
    this.fix = fix;
  }

  /** The command line or a configuration is wrong. */
  public static Failure usage(String reason, String fix) {
    return new Failure(ExitCode.USAGE, reason, fix, null);
  }

  /** A disk, a server or a library failed. */
  public static Failure infrastructure(String reason, String fix, @Nullable Throwable cause) {
    return new Failure(ExitCode.INFRASTRUCTURE, reason, fix, cause);
  }

  /** Data or weights are refused. */
  public static Failure refused(String reason, String fix) {
    return new Failure(ExitCode.REFUSED, reason, fix, null);
  }

  /** Training cannot go on. */
  public static Failure trainingStopped(String reason, String fix) {
    return new Failure(ExitCode.TRAINING_STOPPED, reason, fix, null);
  }

  /** The gate failed. */
  public static Failure gate(String reason, String fix) {
    return new Failure(ExitCode.GATE_FAILED, reason, fix, null);
  }

  /** Asked to stop; what is done so far is kept. */
  public static Failure interrupted(String reason, String fix) {
    return new Failure(ExitCode.INTERRUPTED, reason, fix, null);
  }

  /** The status the process ends with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** What to do about it. */
  public String fix() {
    return fix;
  }

  /** The reason; never null, unlike {@link Throwable#getMessage()}. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
