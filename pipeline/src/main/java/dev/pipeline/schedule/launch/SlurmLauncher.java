package dev.pipeline.schedule.launch;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Runs on a Slurm cluster: sbatch submits the job, whose state and log are looked at meanwhile. */
public final class SlurmLauncher implements Launcher {
  private static final Duration LOOK = Duration.ofMillis(500);

  /** The controller serves many people: it is asked every two seconds first, later every ten. */
  private static final int LOOKS_A_STATE = 4;

  private static final int LATER_LOOKS_A_STATE = 20;
  private static final int FIRST_LOOKS = 120;

  /** What a job may know of this machine; never a secret, which Slurm would keep in its spool. */
  private static final List<String> EXPORTED =
      List.of(
          "PATH",
          "HOME",
          "LANG",
          "LC_ALL",
          "JAVA_HOME",
          "PIPELINE_SKIP_BUILD",
          "PIPELINE_JAVA_OPTS",
          "PIPELINE_DB_URL",
          "PIPELINE_DB_USER",
          "QDRANT_URL",
          "WANDB_BASE_URL",
          "WANDB_MODE",
          "OLLAMA_HOST",
          "PYTORCH_VERSION",
          "PYTORCH_FLAVOR",
          "PYTORCH_LIBRARY_PATH",
          "DJL_CACHE_DIR");

  /** A user before a host, or a password as a parameter. */
  private static final Pattern CREDENTIAL = Pattern.compile("//[^/?#]*@|(?i)password=");

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

  /** What a command of Slurm's said, and how it ended. */
  private record Said(int status, String words) {}

  /** The names that travel; an address with a credential in it is refused. */
  static String exported(Map<String, String> environment) {
    for (String name : EXPORTED) {
      if (CREDENTIAL.matcher(environment.getOrDefault(name, "")).find()) {
        throw Failure.usage(
            name + " holds a credential, which Slurm would keep in its spool",
            "write the address without it, and the credential into launch.environment_file");
      }
    }
    return String.join(",", EXPORTED);
  }

  @Override
  public int launch(Launch launch) {
    Path script = launch.logs().resolve(launch.name() + ".sbatch");
    AtomicFiles.writeString(script, SlurmScript.text(launch));
    List<String> command = new ArrayList<>(List.of("sbatch", "--parsable"));
    command.addAll(SlurmScript.options(launch));
    command.add("--export=" + exported(System.getenv()));
    command.add("--output=" + launch.logs().resolve("slurm-%j.log").toAbsolutePath());
    command.add(script.toAbsolutePath().toString());
    try {
      Said said = run(command);
      // Sites let sbatch say more than the job's number and cluster.
      String id =
          said.words
              .lines()
              .filter(line -> line.matches("[0-9]+(;.*)?"))
              .findFirst()
              .orElseThrow(() -> refused(said.words));
      return follow(id.replaceFirst(";.*", ""), launch);
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

  private int follow(String id, Launch launch) throws IOException, InterruptedException {
    say.accept("Slurm job " + id + " is submitted; scancel " + id + " stops it");
    LogTail tail = new LogTail(launch.logs().resolve("slurm-" + id + ".log"), log);
    String state = "";
    boolean asked = false;
    for (int look = 0; ; look++) {
      tail.show();
      boolean stopping = stop.isRequested() && !asked;
      if (stopping || look % (look < FIRST_LOOKS ? LOOKS_A_STATE : LATER_LOOKS_A_STATE) == 0) {
        Optional<SlurmJob> job = job(id);
        String now = job.map(SlurmJob::word).orElse(state);
        if (!now.equals(state)) {
          say.accept("Slurm job " + id + ": " + now);
          state = now;
        }
        OptionalInt end = job.map(SlurmJob::end).orElseGet(OptionalInt::empty);
        if (end.isPresent()) {
          tail.show();
          return end.getAsInt();
        }
        if (stop.isRequested()) {
          asked = true;
          stop(id);
        }
      }
      Thread.sleep(LOOK.toMillis());
    }
  }

  /**
   * A job that waits is cancelled, one that runs saves its state; again at each look, for it may
   * have begun to run just now.
   */
  private static void stop(String id) throws IOException, InterruptedException {
    run(List.of("scancel", "--state=PENDING", id));
    run(List.of("scancel", "--batch", "--signal=" + SlurmScript.STOP, id));
  }

  /** The job; empty while the controller cannot be asked. */
  private static Optional<SlurmJob> job(String id) throws IOException, InterruptedException {
    Said said = run(List.of("scontrol", "show", "job", "--oneliner", id));
    if (said.status != 0 && said.words.contains("Invalid job id")) {
      throw Failure.infrastructure(
          "Slurm has forgotten job " + id,
          "run the same command again; it continues from the last checkpoint",
          null);
    }
    return SlurmJob.of(said.words);
  }

  private static Said run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), words.strip());
  }

  private static Failure refused(String words) {
    return Failure.infrastructure(
        "Slurm refuses the job: " + words.lines().findFirst().orElse("it said nothing"),
        "correct what launch.yaml asks for, or ask the cluster's people",
        null);
  }
}
