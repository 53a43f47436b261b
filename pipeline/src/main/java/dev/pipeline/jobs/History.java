package dev.pipeline.jobs;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;

/** What the store remembers of a run, and how it is mended after a kill. */
final class History {
  /** Spring Batch's mark; a restart inherits it, and would then refuse to be recovered itself. */
  private static final String RECOVERED = "batch.recovered";

  private final JobStore store;

  History(JobStore store) {
    this.store = store;
  }

  /** Whether the run of {@code key} was begun and has not completed. */
  boolean unfinished(RunKey key) {
    return executions(key).stream()
            .noneMatch(execution -> execution.getStatus() == BatchStatus.COMPLETED)
        && !executions(key).isEmpty();
  }

  /** Forgets the run of {@code key}, so that it starts from nothing. */
  void forget(RunKey key) {
    JobInstance instance = instance(key);
    if (instance != null) {
      store.repository().deleteJobInstance(instance);
    }
  }

  /**
   * Marks executions of {@code key} as failed whose process is gone, so that they can be restarted.
   * The caller holds the lock of {@code owner}'s artefacts, so that none of its processes lives.
   */
  void recover(RunKey key, String owner) {
    for (JobExecution execution : executions(key)) {
      if (execution.isRunning()) {
        refuseForeign(execution, owner);
        recover(execution);
      }
    }
  }

  /** Marks one execution as failed. */
  void recover(JobExecution execution) {
    execution.getExecutionContext().remove(RECOVERED);
    execution.getStepExecutions().forEach(step -> step.getExecutionContext().remove(RECOVERED));
    store.operator().recover(execution);
  }

  private void refuseForeign(JobExecution execution, String owner) {
    String other =
        Objects.requireNonNullElse(
            execution.getJobParameters().getString(Launches.OWNER), "another machine");
    if (!store.embedded() && !other.equals(owner)) {
      throw Failure.infrastructure(
          "this very run goes on at " + other + " as execution " + execution.getId(),
          "wait for it; if that machine is gone, pipeline jobs stop "
              + execution.getId()
              + " --force",
          null);
    }
  }

  private List<JobExecution> executions(RunKey key) {
    JobInstance instance = instance(key);
    return instance == null ? List.of() : store.repository().getJobExecutions(instance);
  }

  private @Nullable JobInstance instance(RunKey key) {
    JobRepository repository = store.repository();
    return repository.getJobInstance(key.job(), Launches.parameters(key));
  }
}
