package dev.pipeline.schedule.launch;

import dev.pipeline.config.LaunchConfig;
import dev.pipeline.io.Json;
import dev.pipeline.schedule.Pod;
import java.util.Optional;

/** A Job of {@code batch/v1}, kubernetes.io/docs/reference, JobSpec, that does one run. */
final class KubernetesJob {
  private KubernetesJob() {}

  /** YAML; the cluster makes the name unique. */
  static String yaml(Launch launch) {
    LaunchConfig needs = launch.needs();
    Pod pod =
        new Pod(
            needs.image(),
            launch.command(),
            launch.root(),
            needs.claim(),
            Optional.of(needs),
            needs.secret());
    return """
        apiVersion: batch/v1
        kind: Job
        metadata:
          generateName: %s
          namespace: %s
          labels:
            app.kubernetes.io/name: pipeline
        spec:
          backoffLimit: 6
          activeDeadlineSeconds: %d
          ttlSecondsAfterFinished: 604800
        %s  template:
            metadata:
              labels:
                app.kubernetes.io/name: pipeline
            spec:
        %s"""
        .formatted(
            Json.line(launch.name() + "-"),
            Json.line(needs.namespace()),
            needs.time().toSeconds(),
            Pod.FAILURES.indent(2),
            pod.spec().indent(6));
  }
}
