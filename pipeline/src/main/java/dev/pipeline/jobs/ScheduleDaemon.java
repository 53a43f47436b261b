package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.drift.DriftDay;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import dev.pipeline.schedule.Agenda;
import dev.pipeline.schedule.Task;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the timetable says, one task after the other: a second one in the same process would
 * lose the first one's lock. What was done is read from the files that tasks leave, so that another
 * daemon, or the same after a restart, goes on from there. No task's failure ends it.
 */
public final class ScheduleDaemon {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleDaemon.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final PipelineConfig config;
  private final Agenda agenda;
  private final Consumer<Task> work;
  private final Consumer<String> told;
  private final StopSignal stop;
  private final Clock clock;

  /**
   * A daemon.
   *
   * @param work does a task, or throws a {@link Failure}
   * @param told hears what happens, for people
   */
  public ScheduleDaemon(
      PipelineConfig config,
      Consumer<Task> work,
      Consumer<String> told,
      StopSignal stop,
      Clock clock) {
    this.config = config;
    this.agenda = new Agenda(config.schedule());
    this.work = work;
    this.told = told;
    this.stop = stop;
    this.clock = clock;
  }

  /** Goes on until it is asked to stop. */
  public void run() {
    while (!stop.isRequested()) {
      if (!turn()) {
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
  }

  /** Does what is due now; returns whether anything was. */
  boolean turn() {
    Optional<Task> due = agenda.due(clock.instant(), lastDrift(), lastRetrain());
    due.ifPresent(this::attempt);
    return due.isPresent();
  }

  private void attempt(Task task) {
    told.accept(task.job() + " is due");
    Instant before = clock.instant();
    try {
      work.accept(task);
      agenda.done(task, before);
    } catch (Failure failure) {
      if (failure.exitCode() == ExitCode.INTERRUPTED) {
        told.accept(failure.reason());
      } else if (failure.exitCode() == ExitCode.INFRASTRUCTURE) {
        agenda.refused(task, clock.instant());
        told.accept(task.job() + " failed and is tried again later: " + failure.reason());
      } else {
        agenda.done(task, before);
        told.accept(task.job() + " stopped: " + failure.reason() + "; " + failure.fix());
      }
    } catch (RuntimeException defect) {
      LOG.error("{} failed", task.job(), defect);
      agenda.refused(task, clock.instant());
      told.accept(task.job() + " failed and is tried again later: " + defect);
    }
  }

  /** Of a history that nobody can read, the look that needs it tells, once, when it is due. */
  private Optional<LocalDate> lastDrift() {
    try {
      List<DriftDay> days = DriftJob.folder(config).history();
      return days.isEmpty()
          ? Optional.empty()
          : Optional.of(LocalDate.parse(days.get(days.size() - 1).day()));
    } catch (Failure | DateTimeException damaged) {
      return Optional.empty();
    }
  }

  /** Damaged records are told by the retraining, which needs them. */
  private Optional<YearMonth> lastRetrain() {
    return new RetrainFolder(Workspace.of(config.model()))
        .records().stream()
            .map(record -> YearMonth.parse(record.intake().month()))
            .max(YearMonth::compareTo);
  }
}
