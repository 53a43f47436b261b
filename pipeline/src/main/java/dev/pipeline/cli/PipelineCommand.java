package dev.pipeline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root of all verbs. */
@Command(
    name = "pipeline",
    description = "Fine-tunes language models from business conversations, in one JVM.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      WorkerCommand.class,
      JobsCommand.class,
      DataCommand.class,
      ReviewCommand.class,
      FeedbackCommand.class,
      ScheduleCommand.class,
      PlansCommand.class,
      McpCommand.class,
      TrackCommand.class,
      LineageCommand.class,
      ReleasesCommand.class,
      GateCommand.class,
      ValidateCommand.class,
      EstimateCommand.class,
      InspectCommand.class,
      ChatCommand.class,
      AskCommand.class,
      BenchCommand.class,
      DoctorCommand.class,
      FetchCommand.class,
      ServeCommand.class,
      CompletionCommand.class
    },
    footerHeading = "%nFirst steps:%n",
    footer = {
      "  pipeline run sft     raw conversations to a released model",
      "  pipeline jobs list   what ran, what runs, what was interrupted",
      "  pipeline serve       runs, datasets, releases and a chat in the browser",
      "",
      "Exit codes: 0 done or nothing to do, 1 gate failed or drift found, 2 usage or config, 3"
          + " infrastructure, 4 data or weights refused, 5 training stopped, 130 interrupted."
    })
final class PipelineCommand {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of an unexpected error.")
  boolean debug;
}
