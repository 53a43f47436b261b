package dev.pipeline.cli;

import dev.pipeline.config.NearestKey;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Two lines for whatever goes wrong: the reason, and how to mend it. */
final class Errors implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /** How picocli names what it could not read, which is Java's business. */
  private static final String JAVA_NUMBER = "is not an? (int|long)\\b";

  @Override
  public int handleExecutionException(
      Exception error, CommandLine command, ParseResult fullParseResult) throws Exception {
    PrintWriter err = command.getErr();
    if (error instanceof Failure failure) {
      Hints hints = Hints.of(command);
      print(err, hints.in(failure.reason()), hints.in(failure.fix()));
      return failure.exitCode().status();
    }
    if (fullParseResult.hasMatchedOption("--debug") || debug(command)) {
      error.printStackTrace(err);
    }
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    print(
        err,
        "unexpected " + root.getClass().getSimpleName() + ": " + oneLine(root),
        "this is a defect: run again with --debug and report the stack trace");
    return ExitCode.INFRASTRUCTURE.status();
  }

  @Override
  public int handleParseException(ParameterException error, String[] arguments) {
    CommandLine command = error.getCommandLine();
    String fix = "see " + command.getCommandSpec().qualifiedName() + " --help";
    if (error instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().get(0);
      if (!command.getSubcommands().isEmpty() && !first.startsWith("-")) {
        print(
            command.getErr(),
            command.getCommandSpec().qualifiedName() + " has no verb \"" + first + "\"",
            NearestKey.fix(first, command.getSubcommands().keySet()));
        return ExitCode.USAGE.status();
      }
      List<String> suggestions = unmatched.getSuggestions();
      fix = suggestions.isEmpty() ? fix : "did you mean " + suggestions.get(0) + "?";
    }
    print(command.getErr(), oneLine(error).replaceAll(JAVA_NUMBER, "is no whole number"), fix);
    return ExitCode.USAGE.status();
  }

  private static boolean debug(CommandLine command) {
    return command.getCommandSpec().root().userObject() instanceof PipelineCommand root
        && root.debug;
  }

  private static void print(PrintWriter err, String reason, String fix) {
    err.println(Ansi.AUTO.string("@|bold,red error:|@ ") + Printable.of(reason));
    err.println(Ansi.AUTO.string("@|bold fix:|@ ") + Printable.of(fix));
    err.flush();
  }

  private static String oneLine(Throwable error) {
    String message = error.getMessage() == null ? "no message" : error.getMessage();
    return message.lines().findFirst().orElse("no message");
  }
}
