package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.schedule.launch.Launch;
import dev.pipeline.schedule.launch.Launchers;
import java.nio.file.Path;
import java.util.List;

/** Hands a command to a cluster, and stays until it has ended there. */
final class Launches {
  private Launches() {}

  /** The exit code of the same command, run where {@code config} says. */
  static int launch(PipelineConfig config, String job, List<String> typed, StopSignal stop) {
    Runs.logTo(config);
    Launch launch =
        new Launch(
            "pipeline-" + config.model().modelName() + "-" + job,
            Path.of("").toAbsolutePath(),
            Launch.there(typed, System.getenv()),
            Workspace.of(config.model()).jobs().resolve("launches"),
            config.launch());
    return Launchers.launch(launch, System.out, System.err::println, stop);
  }
}
