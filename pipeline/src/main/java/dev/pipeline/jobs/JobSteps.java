package dev.pipeline.jobs;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import java.util.List;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/** Makes the kinds of step there are. */
final class JobSteps {
  private final JobStore store;
  private final JobRepository repository;
  private final StopSignal stop;

  JobSteps(JobStore store, StopSignal stop) {
    this.store = store;
    this.repository = store.repository();
    this.stop = stop;
  }

  /** Work of a recipe, which keeps its own checkpoints and polls the stop signal itself. */
  @FunctionalInterface
  interface Work {
    /** Does it, continuing from what lies in the run's folder. */
    void run();
  }

  /** A step that calls a recipe. It may take hours, so that no database transaction spans it. */
  Step recipe(String name, Work work) {
    return new StepBuilder(name, repository)
        .tasklet(
            (contribution, chunk) -> {
              runInterruptibly(work);
              return RepeatStatus.FINISHED;
            },
            new ResourcelessTransactionManager())
        .build();
  }

  /**
   * Work on rows, by this process or by as many as the configuration says. Either way the same
   * bytes come of it.
   */
  List<Step> rows(RunContext run, RowWork work, int size) {
    return run.config().workers().divided()
        ? new PartSteps(store, run, work).steps(this)
        : List.of(rows(run, work, work.open(), size));
  }

  private <T> Step rows(RunContext run, RowWork work, Rows<T> rows, int size) {
    Place whole = Place.whole(work.files());
    return chunks(
        work.kind().unit(),
        size,
        new CountingReader<>(
            () -> new RowsAt<>(work.files(), rows, whole),
            whole.rows(),
            work.kind().unit(),
            run.progress()),
        rows::work,
        new LinesWriter(run.folder(), work.kind().outputs().toArray(String[]::new)));
  }

  /**
   * A step that reads, processes and writes items, {@code size} at a time. Reader and writer keep
   * their positions in the step's state, which commits once a chunk.
   */
  <I, O> Step chunks(
      String name,
      int size,
      ItemStreamReader<I> reader,
      ItemProcessor<I, O> processor,
      ItemStreamWriter<O> writer) {
    return new StepBuilder(name, repository)
        .<I, O>chunk(size)
        .reader(reader)
        .processor(processor)
        .writer(writer)
        .transactionManager(store.transactions())
        .interruptionPolicy(
            execution -> {
              if (stop.isRequested()) {
                // Without this the step would end its loop early and count as complete.
                execution.setTerminateOnly();
                throw new JobInterruptedException("stopped between two chunks");
              }
            })
        .build();
  }

  private void runInterruptibly(Work work) throws JobInterruptedException {
    try {
      work.run();
    } catch (Failure failure) {
      // Ctrl-C reaches child processes, too; when one dies of it, nothing is at fault.
      boolean childDied = stop.isRequested() && failure.exitCode() == ExitCode.INFRASTRUCTURE;
      if (childDied || failure.exitCode() == ExitCode.INTERRUPTED) {
        throw new JobInterruptedException(failure.reason());
      }
      throw failure;
    }
  }
}
