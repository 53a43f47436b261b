package dev.pipeline.cli;

import dev.pipeline.io.StopSignal;
import picocli.CommandLine;

/** The program {@code pipeline}. */
public final class Main {
  private Main() {}

  /** Runs one command and exits with its status; see {@link dev.pipeline.io.ExitCode}. */
  public static void main(String[] arguments) {
    StopSignal stop = new StopSignal();
    Interruption.install(stop);
    System.exit(commandLine(stop).execute(arguments));
  }

  static CommandLine commandLine(StopSignal stop) {
    Errors errors = new Errors();
    return new CommandLine(new PipelineCommand(), new Verbs(stop))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // "@FILE" is a value of some options, never a file of arguments.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(errors)
        .setExecutionExceptionHandler(errors);
  }
}
