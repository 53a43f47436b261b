package dev.pipeline.jobs;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

/**
 * One execution of a job, as people see it.
 *
 * @param id its number, which stop, show and restart take
 * @param job the job's name
 * @param after the training whose model it works on, such as DPO; absent where it is before any
 * @param key the run's key, shortened as in its folder's name, or the month of retraining
 * @param state running, stopping, stopped, failed, done, or killed when its process is gone
 * @param started when it began, local time
 * @param ended when it ended; absent while it runs
 * @param config the configuration it was started with
 * @param overrides settings from its command line
 * @param steps its steps in order
 * @param position how far it is, such as step 3 of 584; absent once it ended, or where unknown
 * @param error the first line of why it failed; absent otherwise
 */
public record ExecutionView(
    long id,
    String job,
    @Nullable String after,
    String key,
    String state,
    @Nullable String started,
    @Nullable String ended,
    String config,
    List<String> overrides,
    List<StepView> steps,
    @Nullable String position,
    @Nullable String error) {
  /** LocalDateTime itself leaves seconds out where they are 0. */
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  /** Copies the lists. */
  public ExecutionView {
    overrides = List.copyOf(overrides);
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param written items written, for steps that work in chunks
   */
  public record StepView(String name, String state, long read, long written) {}

  static ExecutionView of(JobExecution execution, boolean alive) {
    return new ExecutionView(
        execution.getId(),
        execution.getJobInstance().getJobName(),
        Launches.road(execution).map(Road::name).orElse(null),
        Launches.name(execution),
        state(execution.getStatus(), alive),
        text(execution.getStartTime()),
        text(execution.getEndTime()),
        parameter(execution, Launches.CONFIG),
        Launches.overrides(execution),
        execution.getStepExecutions().stream().map(step -> step(step, alive)).toList(),
        null,
        error(execution));
  }

  /** The same execution at {@code place}. */
  ExecutionView at(String place) {
    return new ExecutionView(
        id, job, after, key, state, started, ended, config, overrides, steps, place, error);
  }

  private static StepView step(StepExecution step, boolean alive) {
    return new StepView(
        step.getStepName(),
        state(step.getStatus(), alive),
        step.getReadCount(),
        step.getWriteCount());
  }

  private static String state(BatchStatus status, boolean alive) {
    return switch (status) {
      case COMPLETED -> "done";
      case STARTING, STARTED -> alive ? "running" : "killed";
      case STOPPING -> alive ? "stopping" : "killed";
      default -> status.name().toLowerCase(Locale.ROOT);
    };
  }

  /** The failure's own words; the exit description is a stack trace that begins with its class. */
  private static @Nullable String error(JobExecution execution) {
    if (execution.getStatus() != BatchStatus.FAILED) {
      // A stop, too, leaves the name of an exception there.
      return null;
    }
    return execution
        .getExitStatus()
        .getExitDescription()
        .lines()
        .findFirst()
        .map(line -> line.replaceFirst("^[\\w.$]+: ", ""))
        .orElse(null);
  }

  private static String parameter(JobExecution execution, String name) {
    String value = execution.getJobParameters().getString(name);
    return value == null ? "" : value;
  }

  private static @Nullable String text(@Nullable LocalDateTime time) {
    return time == null ? null : SECONDS.format(time);
  }
}
