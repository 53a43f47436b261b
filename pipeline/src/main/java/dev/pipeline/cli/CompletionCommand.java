package dev.pipeline.cli;

import dev.pipeline.io.ExitCode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pipeline completion}. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {"Prints shell completion.", "Try: source <(scripts/pipeline completion bash)"})
final class CompletionCommand implements Callable<Integer> {
  /** The shells that the script serves. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "SHELL",
      defaultValue = "bash",
      description = "bash or zsh; one script serves both.")
  Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    System.out.print(AutoComplete.bash("pipeline", spec.root().commandLine()));
    return ExitCode.OK.status();
  }
}
