package dev.pipeline.jobs;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.ScheduleConfig;
import dev.pipeline.io.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;

/** Looks at executions, and asks them to stop, from any process. */
public final class Executions implements AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final int LISTED_INSTANCES = 50;

  private final JobStore store;
  private final boolean alive;

  private Executions(JobStore store, boolean alive) {
    this.store = store;
    this.alive = alive;
  }

  /** Opens the store of {@code config}'s artefacts; empty where none ever ran. */
  public static Optional<Executions> open(PipelineConfig config) {
    Path folder = Workspace.of(config.model()).jobs();
    StoreLocation location = StoreLocation.of(config.database(), folder, System.getenv());
    if (location.embedded() && !Files.exists(folder.resolve("store.mv.db"))) {
      return Optional.empty();
    }
    JobStore store = JobStore.open(config.database(), folder);
    return Optional.of(new Executions(store, !location.embedded() || RunLock.isHeld(folder)));
  }

  /** Where the jobs of {@code config} are noted, for people. */
  public static String place(PipelineConfig config) {
    Path folder = Workspace.of(config.model()).jobs();
    StoreLocation location = StoreLocation.of(config.database(), folder, System.getenv());
    return location.embedded() ? folder.toString() : location.toString();
  }

  /** The newest executions, newest first. */
  public List<ExecutionView> list() {
    return list(store.repository(), alive);
  }

  static List<ExecutionView> list(JobRepository repository, boolean alive) {
    return repository.getJobNames().stream()
        .flatMap(job -> repository.getJobInstances(job, 0, LISTED_INSTANCES).stream())
        .flatMap(instance -> repository.getJobExecutions(instance).stream())
        .sorted(Comparator.comparingLong(JobExecution::getId).reversed())
        .map(execution -> ExecutionView.of(execution, alive))
        .toList();
  }

  /** One execution; one that trains, or was killed while it did, with how far it is. */
  public ExecutionView show(long id) {
    ExecutionView view = ExecutionView.of(execution(id), alive);
    return view.ended() == null ? position(id, view.key()).map(view::at).orElse(view) : view;
  }

  private Optional<String> position(long id, String key) {
    try {
      RunRequest request = restartOf(id);
      PipelineConfig config = request.config();
      ScheduleConfig schedule =
          switch (execution(id).getJobInstance().getJobName()) {
            case "pretrain" -> config.pretrain().schedule();
            case "dpo" -> config.dpo().schedule();
            default -> config.sft().schedule();
          };
      Path folder = Workspace.of(config.model()).model().resolve("runs").resolve(key);
      return TrainingPosition.in(folder, schedule.numEpochs());
    } catch (Failure settingsAreGone) {
      // The rest is worth showing without them.
      return Optional.empty();
    }
  }

  /**
   * Asks a running execution to stop at its next safe point; one whose process is gone is marked as
   * failed instead.
   *
   * @param force treat the process as gone
   * @return what was done, for people
   */
  public String stop(long id, boolean force) {
    JobExecution execution = execution(id);
    if (!execution.isRunning()) {
      throw Failure.usage(
          "execution " + id + " does not run; it is " + show(id).state(),
          "pipeline jobs list shows what runs");
    }
    if (force || !alive) {
      new History(store).recover(execution);
      return "execution " + id + " was dead; the next run continues it";
    }
    requestStop(id);
    return "execution " + id + " stops at its next safe point";
  }

  /**
   * What {@code jobs restart} runs: the job of execution {@code id} with the same settings, on the
   * same road.
   */
  public RunRequest restartOf(long id) {
    JobExecution execution = execution(id);
    String job = execution.getJobInstance().getJobName();
    String config = String.valueOf(execution.getJobParameters().getString(Launches.CONFIG));
    List<String> overrides = Launches.overrides(execution);
    return new RunRequest(
        job,
        true,
        ConfigLoader.load(Path.of(config), overrides, job),
        config,
        overrides,
        Optional.empty(),
        Launches.road(execution));
  }

  /** The month that execution {@code id} retrains for; empty where it is another job. */
  public Optional<YearMonth> monthOf(long id) {
    return Optional.ofNullable(execution(id).getJobParameters().getString(Launches.MONTH))
        .map(YearMonth::parse);
  }

  /**
   * The running process updates the same row now and then, and the later writer must look again.
   */
  private void requestStop(long id) {
    for (int attempt = 1; ; attempt++) {
      JobExecution execution = execution(id);
      execution.setStatus(BatchStatus.STOPPING);
      try {
        store.repository().update(execution);
        return;
      } catch (OptimisticLockingFailureException e) {
        if (attempt == ATTEMPTS) {
          throw Failure.infrastructure(
              "execution " + id + " cannot be marked to stop", "try again", e);
        }
      }
    }
  }

  private JobExecution execution(long id) {
    JobExecution execution = found(id);
    if (execution == null) {
      throw Failure.usage("there is no execution " + id, "pipeline jobs list shows them all");
    }
    return execution;
  }

  /** Spring Batch promises null for a number it does not know, and throws. */
  private @Nullable JobExecution found(long id) {
    try {
      return store.repository().getJobExecution(id);
    } catch (EmptyResultDataAccessException e) {
      return null;
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
