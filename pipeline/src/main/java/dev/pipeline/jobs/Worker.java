package dev.pipeline.jobs;

import dev.pipeline.config.DatabaseConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.integration.partition.StepExecutionRequest;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.TransactionException;

/** Takes parts of other processes' runs from the queue, one at a time, until asked to stop. */
public final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final DatabaseConfig database;
  private final Path jobsFolder;
  private final Consumer<String> say;
  private final BooleanSupplier ends;
  private final Map<Path, Opened> opened = new HashMap<>();

  private record Opened(PartPlan plan, Rows<?> rows) {}

  /**
   * A worker.
   *
   * @param jobsFolder of the artefacts whose runs it works for
   * @param say told of every part
   * @param ends asked between two parts
   */
  Worker(DatabaseConfig database, Path jobsFolder, Consumer<String> say, BooleanSupplier ends) {
    this.database = database;
    this.jobsFolder = jobsFolder;
    this.say = say;
    this.ends = ends;
  }

  /** A worker that {@code stop} ends after the part it is at. */
  public static Worker of(
      DatabaseConfig database, Workspace workspace, Consumer<String> say, StopSignal stop) {
    return new Worker(database, workspace.jobs(), say, stop::isRequested);
  }

  /** Works until the end. */
  public void run() {
    try (JobStore store = JobStore.open(database, jobsFolder)) {
      WorkQueue queue = WorkQueue.open(store, jobsFolder);
      say.accept("waiting for rows of " + jobsFolder.toAbsolutePath().normalize().getParent());
      while (!ends.getAsBoolean()) {
        Optional<StepExecutionRequest> request = take(store, queue);
        request.ifPresentOrElse(
            wanted -> work(store.repository(), wanted),
            () -> LockSupport.parkNanos(PAUSE.toNanos()));
      }
    }
  }

  /** A connection that breaks is no reason to end, a store that does not come back is. */
  private static Optional<StepExecutionRequest> take(JobStore store, WorkQueue queue) {
    try {
      return queue.take();
    } catch (DataAccessException | TransactionException e) {
      if (StoreConnections.isLongAway(e)) {
        throw store.away(e);
      }
      LOG.warn("cannot ask for work; the next time may succeed", e);
      return Optional.empty();
    }
  }

  private void work(JobRepository repository, StepExecutionRequest request) {
    try {
      StepExecution execution = wanted(repository, request);
      if (execution != null) {
        work(repository, execution);
      }
    } catch (OptimisticLockingFailureException takenByAnother) {
      LOG.info("part {} is another's", request.getStepExecutionId());
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("part {} was left; its run gives it to somebody", request.getStepExecutionId(), e);
    }
  }

  /** Requests outlive the runs that sent them; only what a run still waits for is worth doing. */
  private static @Nullable StepExecution wanted(
      JobRepository repository, StepExecutionRequest request) {
    try {
      StepExecution execution = repository.getStepExecution(request.getStepExecutionId());
      boolean waits =
          execution != null
              && execution.getStatus() == BatchStatus.STARTING
              && execution.getJobExecution().getStatus() == BatchStatus.STARTED;
      return waits ? execution : null;
    } catch (EmptyResultDataAccessException forgotten) {
      return null;
    }
  }

  private void work(JobRepository repository, StepExecution execution) {
    String place = execution.getExecutionContext().getString(PartSteps.PLACE);
    Path file = Path.of(execution.getExecutionContext().getString(PartSteps.PLAN));
    if (!Files.isReadable(file)) {
      LOG.warn("{} is gone, and with it a run", file);
      return;
    }
    long started = System.nanoTime();
    Opened work;
    try {
      work = opened.computeIfAbsent(file, Worker::open);
    } catch (Failure failure) {
      // What is missing here would be missing for the next part, too; the run's people can mend it.
      refuse(repository, execution, new ExitStatus("FAILED", failure.reason()));
      return;
    }
    String code = CodeVersion.current();
    if (!code.equals(work.plan.work().code())) {
      // Other code might make other rows.
      refuse(repository, execution, PartSteps.OTHER_CODE);
      return;
    }
    Path parts = PartPlan.folder(RunFiles.folderOf(file));
    Place wanted = Json.parse(place, Place.class, "part " + execution.getId());
    try {
      new PartStep(repository, work.plan, work.rows, wanted, parts).step().execute(execution);
    } catch (JobInterruptedException e) {
      LOG.info("part {} was stopped", execution.getId());
    }
    String what = execution.getStepName() + " of " + RunFiles.folderOf(file).getFileName();
    long millis = Duration.ofNanos(System.nanoTime() - started).toMillis();
    say.accept(
        what
            + ": "
            + execution.getStatus().toString().toLowerCase(java.util.Locale.ROOT)
            + " after "
            + millis
            + " ms");
  }

  private static Opened open(Path file) {
    PartPlan plan = PartPlan.read(file);
    return new Opened(plan, plan.work().open());
  }

  /** The run hears why nobody makes this part. */
  private static void refuse(JobRepository repository, StepExecution execution, ExitStatus why) {
    LOG.warn("part {} is refused: {}", execution.getId(), why.getExitDescription());
    execution.setStatus(BatchStatus.FAILED);
    execution.setExitStatus(why);
    repository.update(execution);
  }
}
