package dev.pipeline.jobs;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.OptimisticLockingFailureException;

/** What the store remembers of a run, and how it is mended after a kill. */
final class History {
  /** Spring Batch's mark; a restart inherits it, and would then refuse to be recovered itself. */
  private static final String RECOVERED = "batch.recovered";

  private static final int ATTEMPTS = 20;

  private final JobStore store;

  History(JobStore store) {
    this.store = store;
  }

  /** Whether {@code run} was begun and has not completed. */
  boolean unfinished(JobIdentity run) {
    return executions(run).stream()
            .noneMatch(execution -> execution.getStatus() == BatchStatus.COMPLETED)
        && !executions(run).isEmpty();
  }

  /** Forgets {@code run}, so that it starts from nothing. */
  void forget(JobIdentity run) {
    JobInstance instance = instance(run);
    if (instance != null) {
      store.repository().deleteJobInstance(instance);
    }
  }

  /**
   * Marks executions of {@code run} as failed whose process is gone, so that they can be restarted.
   * The caller holds the lock of {@code owner}'s artefacts, so that none of its processes lives.
   */
  void recover(JobIdentity run, String owner) {
    for (JobExecution execution : executions(run)) {
      settle(execution);
      if (execution.isRunning()) {
        refuseForeign(execution, owner);
        recover(execution);
      }
    }
  }

  /**
   * Spring Batch calls a step unknown that ended while the store was away for a moment, and never
   * starts it again. Ours may be: what is done is known from files, whose digests are looked at.
   */
  private void settle(JobExecution execution) {
    for (StepExecution step : execution.getStepExecutions()) {
      if (step.getStatus() == BatchStatus.UNKNOWN) {
        step.setStatus(BatchStatus.FAILED);
        store.repository().update(step);
      }
    }
    if (execution.getStatus() == BatchStatus.UNKNOWN) {
      execution.setStatus(BatchStatus.FAILED);
      store.repository().update(execution);
    }
  }

  /** Marks one execution as failed. Workers that still live may write to its parts meanwhile. */
  void recover(JobExecution dead) {
    JobExecution execution = dead;
    for (int attempt = 1; ; attempt++) {
      execution.getExecutionContext().remove(RECOVERED);
      execution.getStepExecutions().forEach(step -> step.getExecutionContext().remove(RECOVERED));
      try {
        store.operator().recover(execution);
        return;
      } catch (OptimisticLockingFailureException e) {
        if (attempt == ATTEMPTS) {
          throw Failure.infrastructure(
              "execution " + dead.getId() + " cannot be marked as dead", "try again", e);
        }
        execution = Objects.requireNonNull(store.repository().getJobExecution(dead.getId()));
      }
    }
  }

  /** Where {@code run} goes on, if that is on another machine that shares the store. */
  Optional<String> elsewhere(JobIdentity run, String owner) {
    return executions(run).stream()
        .filter(JobExecution::isRunning)
        .map(History::ownerOf)
        .filter(other -> !store.embedded() && !other.equals(owner))
        .findFirst();
  }

  private static String ownerOf(JobExecution execution) {
    return Objects.requireNonNullElse(
        execution.getJobParameters().getString(Launches.OWNER), "another machine");
  }

  private void refuseForeign(JobExecution execution, String owner) {
    String other = ownerOf(execution);
    if (!store.embedded() && !other.equals(owner)) {
      throw Failure.infrastructure(
          "this very run goes on at " + other + " as execution " + execution.getId(),
          "wait for it; if that machine is gone, pipeline jobs stop "
              + execution.getId()
              + " --force",
          null);
    }
  }

  private List<JobExecution> executions(JobIdentity run) {
    JobInstance instance = instance(run);
    return instance == null ? List.of() : store.repository().getJobExecutions(instance);
  }

  private @Nullable JobInstance instance(JobIdentity run) {
    JobRepository repository = store.repository();
    return repository.getJobInstance(run.job(), run.parameters());
  }
}
