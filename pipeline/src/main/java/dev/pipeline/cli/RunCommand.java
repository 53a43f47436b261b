package dev.pipeline.cli;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.RunRequest;
import dev.pipeline.release.GateOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipeline run <job>}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description =
        "Runs a job and what it needs; continues what was interrupted, skips what is done.")
final class RunCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Parameters(
      index = "0",
      paramLabel = "JOB",
      completionCandidates = JobNames.class,
      description = {
        "${COMPLETION-CANDIDATES}.",
        "sft and dpo run their whole road, any other job what it needs and itself. package, evaluate,",
        "release and plan are of the model that was evaluated or published last, after sft or after dpo."
      })
  String job = "";

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "Settings that win over the files, such as sft.learning_rate=1e-4.")
  List<String> overrides = new ArrayList<>();

  @Option(names = "--only", description = "Run just this job; fail if what it needs is not done.")
  boolean only;

  @ArgGroup(exclusive = false)
  @Nullable Decision decision;

  /** Both or neither: a decision has a reason and somebody who took it. */
  static final class Decision {
    @Option(
        names = "--override",
        required = true,
        paramLabel = "REASON",
        description = "Publish although the gate fails; the reason stays in releases.json.")
    String reason = "";

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who decided so.")
    String by = "";
  }

  @Mixin ConfigOptions settings = new ConfigOptions();

  RunCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    RunRequest request =
        new RunRequest(
            job,
            only,
            settings.load(overrides, job),
            settings.config.toString(),
            settings.overrides(overrides),
            Optional.ofNullable(decision).map(said -> GateOverride.of(said.by, said.reason)),
            Optional.empty());
    Runs.run(request, stop);
    return ExitCode.OK.status();
  }
}
