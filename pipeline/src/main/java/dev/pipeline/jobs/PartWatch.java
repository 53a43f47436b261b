package dev.pipeline.jobs;

import dev.pipeline.config.WorkersConfig;
import dev.pipeline.io.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.transaction.TransactionException;

/**
 * Looks at the parts of a run while workers make them: tells how far they are, gives a silent
 * worker's part to another, and ends the waiting when somebody asks to stop or nobody works.
 *
 * <p>Silence is measured by this process's own clock, from the last change it saw: clocks of other
 * machines do not matter. The store refuses a silent worker's later words, for its part has another
 * version by then.
 */
final class PartWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PartWatch.class);
  private static final Duration PERIOD = Duration.ofMillis(500);

  private final JobRepository repository;
  private final WorkQueue queue;
  private final StepExecution manager;
  private final RunContext run;
  private final PartPlan plan;
  private final LocalWorkers workers;
  private final WorkersConfig settings;
  private final Map<Long, Seen> seen = new HashMap<>();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(PartWatch::daemon);
  private long changed = System.nanoTime();
  private volatile @Nullable Failure failure;

  /** A part's version when it last changed, and when that was. */
  private record Seen(@Nullable Integer version, long at) {}

  PartWatch(
      JobRepository repository,
      WorkQueue queue,
      StepExecution manager,
      RunContext run,
      PartPlan plan,
      LocalWorkers workers) {
    this.repository = repository;
    this.queue = queue;
    this.manager = manager;
    this.run = run;
    this.plan = plan;
    this.workers = workers;
    this.settings = run.config().workers();
  }

  void start() {
    var unused =
        executor.scheduleWithFixedDelay(
            this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Why nobody will make the rest, if so. */
  Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private void look() {
    try {
      List<StepExecution> parts = parts();
      parts.forEach(this::note);
      report(parts);
      judge(parts);
      parts.stream().filter(part -> part.getStatus().isRunning()).forEach(this::tend);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("cannot look at the parts; the next look may succeed", e);
    } catch (RuntimeException e) {
      LOG.error("looking at the parts failed", e);
      failure = Failure.infrastructure("the workers cannot be watched: " + e, "run again", e);
    }
  }

  /** Parts of this execution; those that an earlier one finished are not among them. */
  private List<StepExecution> parts() {
    String prefix = plan.work().kind().unit() + ":";
    JobExecution job = repository.getJobExecution(manager.getJobExecutionId());
    return job == null
        ? List.of()
        : job.getStepExecutions().stream()
            .filter(part -> part.getStepName().startsWith(prefix))
            .toList();
  }

  private void note(StepExecution part) {
    Seen before = seen.get(part.getId());
    if (before == null || !java.util.Objects.equals(before.version, part.getVersion())) {
      changed = System.nanoTime();
      seen.put(part.getId(), new Seen(part.getVersion(), changed));
    }
  }

  private void report(List<StepExecution> parts) {
    long open = parts.stream().filter(part -> part.getStatus() != BatchStatus.COMPLETED).count();
    long finished = (plan.places().size() - open) * plan.rows() / Math.max(1, plan.places().size());
    long begun =
        parts.stream()
            .filter(part -> part.getStatus() != BatchStatus.COMPLETED)
            .mapToLong(StepExecution::getReadCount)
            .sum();
    run.progress()
        .at(Math.min(plan.rows(), finished + begun), plan.rows(), plan.work().kind().unit());
  }

  private void judge(List<StepExecution> parts) {
    boolean failed = parts.stream().anyMatch(part -> part.getStatus() == BatchStatus.FAILED);
    if (failed && failure == null) {
      failure = PartSteps.failureOf(parts, run);
    }
    if (failure == null && workers.allGone() && !settings.elsewhere()) {
      failure =
          Failure.infrastructure(
              "all workers of the run have died",
              "see worker-*.out in " + run.workspace().jobs() + ", then run the same command again",
              null);
    }
    if (failure == null && since(changed) > settings.patience().toNanos()) {
      failure =
          Failure.infrastructure(
              "no worker has done anything for " + settings.patience().toSeconds() + " s",
              "start pipeline worker on a machine that sees " + run.workspace().artifacts(),
              null);
    }
  }

  private void tend(StepExecution part) {
    boolean ending = failure != null || run.stop().isRequested();
    boolean waiting = part.getStatus() == BatchStatus.STARTING;
    Seen last = seen.get(part.getId());
    boolean silent = last != null && since(last.at) > settings.lease().toNanos();
    BooleanSupplier orphaned = () -> workers.allGone() && !settings.elsewhere();
    if (ending && (waiting || silent || orphaned.getAsBoolean())) {
      move(part, BatchStatus.STOPPED);
    } else if (!ending
        && silent
        && (!waiting || queue.isEmpty())
        && move(part, BatchStatus.STARTING)) {
      LOG.warn("{} fell silent and is given to another worker", part.getStepName());
      queue.send(
          MessageBuilder.withPayload(
                  new StepExecutionRequest(plan.work().kind().unit(), part.getId()))
              .build());
    }
  }

  /** Whether the part could be moved; it cannot if its worker said something meanwhile. */
  private boolean move(StepExecution part, BatchStatus status) {
    try {
      part.setStatus(status);
      repository.update(part);
      note(part);
      return true;
    } catch (OptimisticLockingFailureException itsWorkerLives) {
      return false;
    }
  }

  private static long since(long nanos) {
    return System.nanoTime() - nanos;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "part-watch");
    thread.setDaemon(true);
    return thread;
  }
}
