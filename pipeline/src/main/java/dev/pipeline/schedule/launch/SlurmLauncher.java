package dev.pipeline.schedule.launch;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Runs on a Slurm cluster: sbatch starts the job and waits for it, its log is shown meanwhile. */
public final class SlurmLauncher implements Launcher {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final int LOOKS_A_STATE = 10;

  /** What a job may know of this machine; never a secret, which Slurm would keep in its spool. */
  private static final String EXPORTED =
      "PATH,HOME,LANG,LC_ALL,JAVA_HOME,PIPELINE_SKIP_BUILD,PIPELINE_JAVA_OPTS,PIPELINE_DB_URL,"
          + "PYTORCH_FLAVOR,PYTORCH_LIBRARY_PATH";

  private final OutputStream log;
  private final Consumer<String> say;
  private final StopSignal stop;

  /**
   * A launcher.
   *
   * @param log where the run's own output goes
   * @param say told of the job's state
   */
  public SlurmLauncher(OutputStream log, Consumer<String> say, StopSignal stop) {
    this.log = log;
    this.say = say;
    this.stop = stop;
  }

  @Override
  public int launch(Launch launch) {
    Path script = launch.logs().resolve(launch.name() + ".sbatch");
    AtomicFiles.writeString(script, SlurmScript.text(launch));
    List<String> command = new ArrayList<>(List.of("sbatch", "--wait", "--parsable"));
    command.addAll(SlurmScript.options(launch));
    command.add("--export=" + EXPORTED);
    command.add("--output=" + launch.logs().resolve("slurm-%j.log").toAbsolutePath());
    command.add(script.toAbsolutePath().toString());
    try {
      Process sbatch = new ProcessBuilder(command).redirectErrorStream(true).start();
      String id = sbatch.inputReader().readLine();
      if (id == null || !id.matches("[0-9]+(;.*)?")) {
        sbatch.waitFor();
        throw refused(id == null ? "it said nothing" : id);
      }
      return follow(sbatch, id.replaceFirst(";.*", ""), launch);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot start sbatch: " + e.getMessage(),
          "run this on a machine of the cluster (Debian: apt-get install slurm-client)",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.interrupted("stopped while waiting for Slurm", "run the command again");
    }
  }

  private int follow(Process sbatch, String id, Launch launch)
      throws IOException, InterruptedException {
    say.accept("Slurm job " + id + " is submitted; scancel " + id + " stops it");
    LogTail tail = new LogTail(launch.logs().resolve("slurm-" + id + ".log"), log);
    String state = "";
    boolean cancelled = false;
    for (int look = 0; !sbatch.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS); look++) {
      tail.show();
      if (stop.isRequested() && !cancelled) {
        cancelled = true;
        run("scancel", "--full", "--signal=TERM", id);
      }
      String now = look % LOOKS_A_STATE == 0 ? run("squeue", "-h", "-j", id, "-o", "%T") : state;
      if (!now.equals(state) && !now.isEmpty()) {
        say.accept("Slurm job " + id + ": " + now.toLowerCase(java.util.Locale.ROOT));
        state = now;
      }
    }
    tail.show();
    return sbatch.exitValue();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String line = process.inputReader().readLine();
    process.waitFor();
    return line == null ? "" : line.strip();
  }

  private static Failure refused(String words) {
    return Failure.infrastructure(
        "Slurm refuses the job: " + words,
        "correct what launch.yaml asks for, or ask the cluster's people",
        null);
  }
}
