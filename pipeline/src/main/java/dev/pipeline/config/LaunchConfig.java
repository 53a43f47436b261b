package dev.pipeline.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code launch.yaml}: where a run happens, and what it asks for there. The same settings run
 * anywhere; nothing here changes what comes out.
 *
 * @param where local, slurm or kubernetes; default local
 * @param gpus GPUs; default 0
 * @param cpus processors; default 4
 * @param memory memory, such as 16 GB; default none, which is the cluster's own
 * @param time longest time; Slurm lets it save its state then and queues it anew, Kubernetes ends
 *     the job, and the same command goes on from the last checkpoint; default 24h
 * @param partition Slurm's partition; default none, which is the cluster's own
 * @param environmentFile for Slurm: a file of NAME=value lines with the run's secrets, such as
 *     PIPELINE_DB_PASSWORD, read on the node; the rest of the environment stays here
 * @param image for Kubernetes: an image that holds the program at this project's path; default
 *     pipeline:latest
 * @param claim for Kubernetes: the PersistentVolumeClaim of data and artefacts; default pipeline
 * @param namespace for Kubernetes; default default
 * @param secret for Kubernetes: a Secret whose keys become variables of the run; default none
 */
public record LaunchConfig(
    Where where,
    int gpus,
    int cpus,
    Optional<DataSize> memory,
    Duration time,
    Optional<String> partition,
    Optional<Path> environmentFile,
    String image,
    String claim,
    String namespace,
    Optional<String> secret) {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");
  private static final Duration SHORTEST = Duration.ofMinutes(1);

  /** What holds without a file. */
  public static final LaunchConfig DEFAULTS =
      new LaunchConfig(
          Where.LOCAL,
          0,
          4,
          Optional.empty(),
          Duration.ofHours(24),
          Optional.empty(),
          Optional.empty(),
          "pipeline:latest",
          "pipeline",
          "default",
          Optional.empty());

  /** Who runs it. */
  public enum Where {
    /** This process. */
    LOCAL,
    /** A Slurm cluster, through sbatch. */
    SLURM,
    /** A Kubernetes cluster, as a Job. */
    KUBERNETES
  }

  /** Refuses values out of range. */
  public LaunchConfig {
    Check.atLeast("gpus", 0, gpus);
    Check.atLeast("cpus", 1, cpus);
    if (time.compareTo(SHORTEST) < 0) {
      throw Check.bad("time", "must be at least 1m, was " + time.toSeconds() + "s");
    }
    partition.ifPresent(name -> name("partition", name));
    secret.ifPresent(name -> name("secret", name));
    name("claim", claim);
    name("namespace", namespace);
    Check.notBlank("image", image);
  }

  private static void name(String key, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new BadValue(
          key, "is no plain name: \"" + value + "\"", "use letters, digits, '-', '_' and '.'");
    }
  }
}
