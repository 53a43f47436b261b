package dev.pipeline.schedule.launch;

import dev.pipeline.config.LaunchConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A batch script for sbatch(1). A minute before its time is up the run is asked to save its state,
 * and the job is queued again; the same command then goes on from there, as it does after a node
 * died or another job took its place.
 */
final class SlurmScript {
  /** What asks a job to save its state and end. */
  static final String STOP = "USR2";

  private static final long MEBI = 1L << 20;

  private SlurmScript() {}

  /** What sbatch is told besides the script; none of it passes through a shell. */
  static List<String> options(Launch launch) {
    LaunchConfig needs = launch.needs();
    List<String> options =
        new ArrayList<>(
            List.of(
                "--job-name=" + launch.name(),
                "--cpus-per-task=" + needs.cpus(),
                "--time=" + minutes(needs.time()),
                "--nodes=1",
                "--ntasks=1",
                "--requeue",
                "--open-mode=append",
                "--signal=B:USR1@60",
                "--chdir=" + launch.root()));
    if (needs.gpus() > 0) {
      options.add("--gres=gpu:" + needs.gpus());
    }
    needs
        .memory()
        .ifPresent(size -> options.add("--mem=" + Math.max(1, size.bytes() / MEBI) + "M"));
    needs.partition().ifPresent(partition -> options.add("--partition=" + partition));
    return options;
  }

  /** The script. */
  static String text(Launch launch) {
    String environment =
        launch
            .needs()
            .environmentFile()
            .map(file -> "set -a; . " + quoted(file) + "; set +a\n")
            .orElse("");
    return """
        #!/bin/bash
        # Written by pipeline run --launch slurm.
        %srun=; asked=; again=
        # The run hears a second request as an order to end at once.
        ask() { [ -z "$run" ] || [ -n "$asked" ] || { asked=1; kill -TERM "$run"; }; }
        # Slurm sends it to the run as well.
        trap : TERM
        trap ask USR2
        trap 'again=again; ask' USR1
        %s &
        run=$!
        [ -z "$again" ] || ask
        # A signal ends wait before the run has ended.
        wait "$run"; status=$?
        while kill -0 "$run" 2>/dev/null; do wait "$run"; status=$?; done
        # 143: it had not yet begun to listen.
        case $again$status in again130|again143) scontrol requeue "$SLURM_JOB_ID" ;; esac
        exit "$status"
        """
        .formatted(
            environment,
            launch.command().stream().map(SlurmScript::quoted).collect(Collectors.joining(" ")));
  }

  /** A word as a shell takes it literally. */
  static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String quoted(Path file) {
    return quoted(file.toAbsolutePath().normalize().toString());
  }

  private static String minutes(Duration time) {
    return String.format(Locale.ROOT, "%d", Math.max(1, time.toMinutes()));
  }
}
