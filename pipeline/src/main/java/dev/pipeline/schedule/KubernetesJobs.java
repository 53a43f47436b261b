package dev.pipeline.schedule;

import dev.pipeline.config.TimetableConfig;
import dev.pipeline.io.Json;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A CronJob of {@code batch/v1} for each task, kubernetes.io/docs/reference, CronJobSpec. Never two
 * at a time; a pod that a busy machine refused (exit code 3) is started again, one whose gate
 * failed is not.
 */
public final class KubernetesJobs {
  /** The longest name of a CronJob: its jobs append eleven characters to reach 63. */
  private static final int LONGEST_NAME = 52;

  private final Setup setup;
  private final String image;
  private final String claim;

  /**
   * Jobs.
   *
   * @param image holds the program below the setup's root
   * @param claim name of the PersistentVolumeClaim with artefacts and datasets
   */
  public KubernetesJobs(Setup setup, String image, String claim) {
    this.setup = setup;
    this.image = image;
    this.claim = claim;
  }

  /** YAML, one document a task. */
  public String yaml() {
    return Arrays.stream(Task.values()).map(this::job).collect(Collectors.joining("---\n"));
  }

  private String job(Task task) {
    TimetableConfig times = setup.timetable();
    return """
        # Written by pipeline schedule; kubectl apply -f - takes it.
        apiVersion: batch/v1
        kind: CronJob
        metadata:
          name: %s
          labels:
            app.kubernetes.io/name: pipeline
        spec:
          schedule: %s
          timeZone: %s
          concurrencyPolicy: Forbid
          startingDeadlineSeconds: 86400
          successfulJobsHistoryLimit: 3
          failedJobsHistoryLimit: 3
          jobTemplate:
            spec:
              backoffLimit: 6
        %s      template:
                spec:
        %s"""
        .formatted(
            Json.line(name(task)),
            Json.line(cron(times, task)),
            Json.line(times.timeZone()),
            Pod.FAILURES.indent(6),
            pod(task).spec().indent(10));
  }

  private Pod pod(Task task) {
    List<String> words = new ArrayList<>(List.of(setup.launcher().toString()));
    words.addAll(setup.arguments(task));
    return new Pod(image, words, setup.root(), claim, Optional.empty(), Optional.empty());
  }

  private static String cron(TimetableConfig times, Task task) {
    LocalTime at = task == Task.DRIFT ? times.driftTime() : times.retrainTime();
    String day = task == Task.DRIFT ? "*" : String.valueOf(times.retrainDay());
    return "%d %d %s * *".formatted(at.getMinute(), at.getHour(), day);
  }

  /** A label of RFC 1123. */
  private String name(Task task) {
    String name = setup.name(task).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    return name.length() <= LONGEST_NAME
        ? name
        : name.substring(0, LONGEST_NAME - task.job().length() - 1).replaceFirst("-+$", "")
            + "-"
            + task.job();
  }
}
