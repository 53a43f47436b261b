package dev.pipeline.cli;

import dev.pipeline.config.LaunchConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.Drift;
import dev.pipeline.jobs.Retrain;
import dev.pipeline.jobs.RunRequest;
import dev.pipeline.release.GateOverride;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
        "sft and dpo run their whole road, a release included, any other job what it needs and itself."
            + " package, evaluate, release and plan are of the model that was evaluated or published"
            + " last, after sft or after dpo.",
        "retrain takes in feedback and releases what it makes better, once a month. drift asks the"
            + " released model fixed prompts; exit code 1 means that it drifted and nothing was"
            + " released since."
      })
  String job = "";

  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "Settings that win over the files, such as sft.learning_rate=1e-4.")
  List<String> overrides = new ArrayList<>();

  @Option(names = "--only", description = "Run just this job; fail if what it needs is not done.")
  boolean only;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = {
        "Divide mine and curate among so many processes of this machine; the job store must be in",
        "PostgreSQL. The same as workers.count=N."
      })
  @Nullable Integer workers;

  @Option(
      names = "--launch",
      paramLabel = "WHERE",
      completionCandidates = Places.class,
      description = {
        "Run on a cluster: ${COMPLETION-CANDIDATES}, with what launch.yaml asks for; the log and the",
        "exit code come back. The same as launch.where=WHERE."
      })
  @Nullable String launch;

  /** Where runs happen. */
  static final class Places implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return List.of("local", "slurm", "kubernetes").iterator();
    }
  }

  @Spec CommandSpec spec;

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

  @ArgGroup(exclusive = false, heading = "Of run retrain alone:%n")
  @Nullable Retraining retraining;

  /** What only retraining knows. */
  static final class Retraining {
    @Option(
        names = "--month",
        paramLabel = "YYYY-MM",
        converter = MonthConverter.class,
        description = "The month, which identifies it. Default: this one, in schedule.time_zone.")
    @Nullable YearMonth month;

    @Option(
        names = "--reason",
        paramLabel = "WORDS",
        defaultValue = "by hand",
        description = "Why; stays in the month's record. Default: ${DEFAULT-VALUE}")
    String reason = "by hand";
  }

  @ArgGroup(exclusive = false, heading = "Of run drift alone:%n")
  @Nullable Looking looking;

  /** What only the look for drift knows. */
  static final class Looking {
    @Option(
        names = "--new-baseline",
        description = "Hold later days against today's answers; the baseline before is kept.")
    boolean newBaseline;

    @Option(names = "--json", description = "Print what was found as JSON.")
    boolean json;
  }

  @Mixin ConfigOptions settings = new ConfigOptions();

  RunCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    requireOwnOptions();
    if (workers != null) {
      overrides.add("workers.count=" + workers);
    }
    if (launch != null) {
      overrides.add("launch.where=" + launch);
    }
    PipelineConfig config = settings.load(overrides, job);
    if (config.launch().where() != LaunchConfig.Where.LOCAL) {
      List<String> typed = spec.root().commandLine().getParseResult().originalArgs();
      return Launches.launch(config, job, typed, stop);
    }
    RunRequest request =
        new RunRequest(
            job,
            only,
            config,
            settings.config.toString(),
            settings.overrides(overrides),
            Optional.ofNullable(decision).map(said -> GateOverride.of(said.by, said.reason)),
            Optional.empty());
    return switch (job) {
      case Retrain.JOB -> retrain(request);
      case Drift.JOB -> drift(request);
      default -> {
        Runs.run(request, stop);
        yield ExitCode.OK.status();
      }
    };
  }

  private int drift(RunRequest request) {
    if (only || decision != null) {
      throw Failure.usage(
          "run drift is one job and releases nothing", "leave out --only and --override");
    }
    Drift.End end =
        Runs.drift(
            request, looking != null && looking.newBaseline, looking != null && looking.json, stop);
    return (end.open() ? ExitCode.GATE_FAILED : ExitCode.OK).status();
  }

  private int retrain(RunRequest request) {
    YearMonth month = retraining == null ? null : retraining.month;
    Runs.retrain(
        request,
        month == null ? Retrain.current(request.config(), Clock.systemUTC()) : month,
        retraining == null ? "by hand" : retraining.reason,
        stop);
    return ExitCode.OK.status();
  }

  private void requireOwnOptions() {
    if (retraining != null && !job.equals(Retrain.JOB)) {
      throw Failure.usage(
          "run " + job + " knows no --month and no --reason", "give them to run retrain");
    }
    if (job.equals(Retrain.JOB) && (only || decision != null)) {
      throw Failure.usage(
          "retraining goes the whole road, and nobody overrides its gate",
          "leave out --only and --override");
    }
    if (looking != null && !job.equals(Drift.JOB)) {
      throw Failure.usage(
          "run " + job + " knows no --new-baseline and no --json", "give them to run drift");
    }
  }
}
