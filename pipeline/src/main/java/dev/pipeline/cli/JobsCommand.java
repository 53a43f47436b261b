package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.ExecutionView;
import dev.pipeline.jobs.Executions;
import dev.pipeline.jobs.RunRequest;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipeline jobs list|show|stop|restart}. */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks at executions of jobs, stops and restarts them.")
final class JobsCommand {
  private static final String RESTART = "restart";

  private final StopSignal stop;

  @Mixin ConfigOptions settings = new ConfigOptions();

  JobsCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Command(description = "Lists executions, newest first.", mixinStandardHelpOptions = true)
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
    PipelineConfig config = load();
    List<ExecutionView> all =
        Executions.open(config)
            .map(executions -> using(executions, Executions::list))
            .orElse(List.of());
    if (json) {
      Printable.print(Json.pretty(all));
    } else if (all.isEmpty()) {
      Printable.println("no job is noted in " + Executions.place(config));
    } else {
      Printable.print(ExecutionTable.of(all));
    }
    return ExitCode.OK.status();
  }

  @Command(description = "Shows one execution and its steps.", mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "ID") long id,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    ExecutionView view = using(open(id), executions -> executions.show(id));
    Printable.print(json ? Json.pretty(view) : ExecutionTable.of(view));
    return ExitCode.OK.status();
  }

  @Command(
      name = "stop",
      description = "Asks a running execution to stop at its next safe point.",
      mixinStandardHelpOptions = true)
  int stopExecution(
      @Parameters(paramLabel = "ID") long id,
      @Option(names = "--force", description = "Its process is gone: mark it as failed.")
          boolean force) {
    String done = using(open(id), executions -> executions.stop(id, force));
    Printable.println(done);
    return ExitCode.OK.status();
  }

  @Command(
      description = "Runs just an execution's job again, from where it stopped.",
      mixinStandardHelpOptions = true)
  int restart(@Parameters(paramLabel = "ID") long id) {
    RunRequest request = using(open(id), executions -> executions.restartOf(id));
    Optional<YearMonth> month = using(open(id), executions -> executions.monthOf(id));
    month.ifPresentOrElse(
        of -> Runs.retrain(request, of, RESTART, stop), () -> Runs.run(request, stop));
    return ExitCode.OK.status();
  }

  private PipelineConfig load() {
    PipelineConfig config = settings.load(List.of(), "model");
    Runs.logTo(config);
    return config;
  }

  private Executions open(long id) {
    PipelineConfig config = load();
    return Executions.open(config)
        .orElseThrow(
            () ->
                Failure.usage(
                    "there is no execution %d: no job is noted in %s"
                        .formatted(id, Executions.place(config)),
                    "start one with pipeline run sft, or name its output_dir with --set"));
  }

  private static <T> T using(Executions executions, Function<Executions, T> work) {
    try (executions) {
      return work.apply(executions);
    }
  }
}
