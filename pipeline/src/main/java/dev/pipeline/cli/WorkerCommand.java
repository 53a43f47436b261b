package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.Worker;
import dev.pipeline.jobs.Workspace;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code pipeline worker}. */
@Command(
    name = "worker",
    mixinStandardHelpOptions = true,
    description = {
      "Works on rows of mine and curate for runs that leave them to others.",
      "Such runs have workers.elsewhere=true. A worker may be on any machine that sees the same"
          + " folders and the same PostgreSQL: database.url or PIPELINE_DB_URL, with user and password"
          + " from PIPELINE_DB_USER and PIPELINE_DB_PASSWORD or ~/.pgpass. Ctrl-C or SIGTERM ends it"
          + " after the rows it is at."
    })
final class WorkerCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Mixin ConfigOptions settings = new ConfigOptions();

  WorkerCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    PipelineConfig config = settings.load(List.of(), "workers");
    Runs.logTo(config);
    Worker.of(config.database(), Workspace.of(config.model()), WorkerCommand::say, stop).run();
    return ExitCode.OK.status();
  }

  private static void say(String words) {
    System.err.println(words);
  }
}
