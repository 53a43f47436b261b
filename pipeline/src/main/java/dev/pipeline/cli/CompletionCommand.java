package dev.pipeline.cli;

import dev.pipeline.io.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pipeline completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Prints shell completion; try: source <(scripts/pipeline completion)")
final class CompletionCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    System.out.print(AutoComplete.bash("pipeline", spec.root().commandLine()));
    return ExitCode.OK.status();
  }
}
