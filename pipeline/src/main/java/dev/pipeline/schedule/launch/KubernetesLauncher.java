package dev.pipeline.schedule.launch;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs on a Kubernetes cluster, as a Job whose pod's log is shown meanwhile. */
public final class KubernetesLauncher implements Launcher {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LOG_END = Duration.ofSeconds(30);

  private final KubernetesClient client;
  private final OutputStream log;
  private final Consumer<String> say;
  private final StopSignal stop;

  /**
   * A launcher.
   *
   * @param client speaks to the cluster; the caller closes it
   * @param log where the run's own output goes
   * @param say told of the job's state
   */
  public KubernetesLauncher(
      KubernetesClient client, OutputStream log, Consumer<String> say, StopSignal stop) {
    this.client = client;
    this.log = log;
    this.say = say;
    this.stop = stop;
  }

  @Override
  public int launch(Launch launch) {
    try {
      Job asked = Serialization.unmarshal(KubernetesJob.yaml(launch), Job.class);
      Job job = client.resource(asked).create();
      String name = job.getMetadata().getName();
      say.accept(
          "Kubernetes job " + name + " is created; kubectl delete job " + name + " stops it");
      return follow(job);
    } catch (KubernetesClientException e) {
      throw Failure.infrastructure(
          e.getStatus() == null
              ? "the cluster at %s cannot be asked: %s".formatted(client.getMasterUrl(), why(e))
              : "Kubernetes refuses: " + e.getMessage(),
          "check KUBECONFIG, the namespace and what launch.yaml asks for",
          e);
    }
  }

  /** The client's own message says no more than that there was an error; below it stands which. */
  private static String why(KubernetesClientException error) {
    for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        return cause.getMessage();
      }
      // Java has no words for a port where nobody listens, but a class.
      if (cause.getClass() != IOException.class) {
        return cause.getClass().getSimpleName();
      }
    }
    return String.valueOf(error.getMessage());
  }

  private int follow(Job job) {
    String watched = "";
    LogWatch watch = null;
    try {
      while (true) {
        Job now = client.resource(job).get();
        if (now == null) {
          throw Failure.infrastructure(
              "job " + job.getMetadata().getName() + " was deleted", "run the command again", null);
        }
        Optional<Pod> pod = newest(job);
        String name = pod.map(found -> found.getMetadata().getName()).orElse("");
        if (pod.isPresent() && !name.equals(watched) && hasBegun(pod.get())) {
          finish(watch);
          watch = client.pods().resource(pod.get()).watchLog(log);
          watched = name;
          say.accept("pod " + name + " runs");
        }
        Optional<Integer> end = end(now, pod);
        if (end.isPresent()) {
          finish(watch);
          return end.get();
        }
        if (stop.isRequested()) {
          client.resource(job).withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();
          throw Failure.interrupted(
              "job " + job.getMetadata().getName() + " is deleted: " + stop.reason(),
              "run the same command again; it continues from the last checkpoint");
        }
        LockSupport.parkNanos(LOOK.toNanos());
      }
    } finally {
      close(watch);
    }
  }

  private Optional<Pod> newest(Job job) {
    return client
        .pods()
        .inNamespace(job.getMetadata().getNamespace())
        .withLabel("job-name", job.getMetadata().getName())
        .list()
        .getItems()
        .stream()
        .max(Comparator.comparing(pod -> String.valueOf(pod.getMetadata().getCreationTimestamp())));
  }

  private static boolean hasBegun(Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return phase != null && !phase.equals("Pending");
  }

  /** The run's exit code, once the job has ended. */
  private static Optional<Integer> end(Job job, Optional<Pod> pod) {
    if (is(job, "Complete")) {
      return Optional.of(ExitCode.OK.status());
    }
    return is(job, "Failed")
        ? Optional.of(
            pod.flatMap(KubernetesLauncher::exitCode).orElse(ExitCode.INFRASTRUCTURE.status()))
        : Optional.empty();
  }

  private static boolean is(Job job, String condition) {
    List<JobCondition> conditions =
        job.getStatus() == null ? List.of() : job.getStatus().getConditions();
    return conditions.stream()
        .anyMatch(one -> condition.equals(one.getType()) && "True".equals(one.getStatus()));
  }

  private static Optional<Integer> exitCode(Pod pod) {
    return Optional.ofNullable(pod.getStatus()).stream()
        .flatMap(status -> status.getContainerStatuses().stream())
        .flatMap(status -> Stream.ofNullable(status.getState()))
        .map(state -> state.getTerminated())
        .filter(Objects::nonNull)
        .map(ContainerStateTerminated::getExitCode)
        .findFirst();
  }

  /** Lets a log come to its end, which the server tells once the pod has ended. */
  private static void finish(@Nullable LogWatch watch) {
    if (watch != null) {
      try {
        watch.onClose().toCompletableFuture().get(LOG_END.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        // What was shown is shown; kubectl logs has the rest.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    close(watch);
  }

  private static void close(@Nullable LogWatch watch) {
    if (watch != null) {
      watch.close();
    }
  }
}
