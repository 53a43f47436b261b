package dev.pipeline.jobs;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.step.Step;

/** Runs one job on Spring Batch, from the start or from where it was. */
final class Launcher {
  /** The file that a run's folder begins with: what the run's key was made of. */
  static final String INGREDIENTS = "run.json";

  private final JobStore store;
  private final History history;
  private final RunRequest request;

  Launcher(JobStore store, RunRequest request) {
    this.store = store;
    this.history = new History(store);
    this.request = request;
  }

  /** Whether a run of this key was begun and not finished. */
  boolean continues(RunKey key, Path folder) {
    return Files.exists(folder.resolve(INGREDIENTS)) && history.unfinished(JobIdentity.of(key));
  }

  /** Runs the job to its end; a failure of its steps comes out as it was thrown. */
  void launch(PipelineJob job, RunContext run, Map<String, String> ingredients) {
    try {
      start(job, run, ingredients);
    } catch (RuntimeException e) {
      throw store.explained(e, run.workspace().jobs());
    }
  }

  private void start(PipelineJob job, RunContext run, Map<String, String> ingredients) {
    if (!continues(run.key(), run.folder())) {
      history.forget(JobIdentity.of(run.key()));
      RunManifest.remove(run.folder());
      AtomicFiles.writeString(
          run.folder().resolve(INGREDIENTS), Json.pretty(new TreeMap<>(ingredients)));
    }
    history.recover(JobIdentity.of(run.key()), Launches.owner(request));
    try {
      JobExecution execution =
          store.operator().start(define(job, run), Launches.parameters(run.key(), request, job));
      requireCompleted(execution, run.stop());
    } catch (JobExecutionException e) {
      throw new IllegalStateException("Spring Batch refuses to start " + job.name(), e);
    }
  }

  private Job define(PipelineJob job, RunContext run) {
    JobSteps steps = new JobSteps(store, run.stop());
    List<Step> all = new ArrayList<>(job.steps(steps, run));
    all.add(steps.recipe("manifest", () -> writeManifest(job, run)));
    SimpleJobBuilder builder =
        new JobBuilder(job.name(), store.repository())
            .listener(new StopWatcher(store.repository(), run.stop()))
            .start(all.get(0));
    all.stream().skip(1).forEach(builder::next);
    return builder.build();
  }

  private static void writeManifest(PipelineJob job, RunContext run) {
    Outcome outcome = job.outcome(run);
    Map<String, RunManifest.Output> outputs = new TreeMap<>();
    outcome.outputs().forEach((name, path) -> outputs.put(name, RunManifest.Output.of(path)));
    new RunManifest(job.name(), run.key().value(), outcome.summary(), outputs).write(run.folder());
  }

  private static Failure stopped(JobExecution execution, String why) {
    String where =
        execution.getStepExecutions().stream()
            .flatMap(step -> step.getFailureExceptions().stream())
            .filter(JobInterruptedException.class::isInstance)
            .map(interruption -> String.valueOf(interruption.getMessage()))
            // Recipes say where; a step that works in chunks has Spring Batch's words instead.
            .filter(words -> words.startsWith("stopped"))
            .findFirst()
            .orElse("stopped between two chunks");
    return Failure.interrupted(
        execution.getJobInstance().getJobName()
            + " "
            + (where.endsWith(why) ? where : where + ": " + why),
        "run the same command again; it continues from there");
  }

  /** Lets a failure of the steps out as it was thrown, and a stop as an interruption. */
  static void requireCompleted(JobExecution execution, StopSignal stop) {
    if (execution.getStatus() == BatchStatus.COMPLETED) {
      return;
    }
    if (execution.getStatus() == BatchStatus.STOPPED) {
      throw stopped(execution, stop.reason());
    }
    List<Throwable> failures = execution.getAllFailureExceptions();
    for (Throwable failure : failures) {
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        if (cause instanceof Failure known) {
          throw known;
        }
      }
    }
    throw new IllegalStateException(
        execution.getJobInstance().getJobName() + " failed",
        failures.isEmpty() ? null : failures.get(0));
  }
}
