package dev.pipeline.jobs;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;

/**
 * One part's work, as a step. Each attempt writes into a folder of its own and gives it the part's
 * name when everything is on the disk. So it does not matter whether an attempt dies, or was only
 * believed dead and another made the part meanwhile: both made the same, and one of them stays.
 */
final class PartStep {
  private static final int CHUNK = 64;
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final JobRepository repository;
  private final PartPlan plan;
  private final Rows<?> rows;
  private final Place place;
  private final Path parts;

  /**
   * A part.
   *
   * @param rows the plan's work, opened
   * @param parts where finished parts lie
   */
  PartStep(JobRepository repository, PartPlan plan, Rows<?> rows, Place place, Path parts) {
    this.repository = repository;
    this.plan = plan;
    this.rows = rows;
    this.place = place;
    this.parts = parts;
  }

  Step step() {
    return new StepBuilder(plan.work().kind().unit(), repository)
        .tasklet(
            (contribution, chunk) -> {
              make(rows, chunk.getStepContext().getStepExecution());
              return RepeatStatus.FINISHED;
            },
            new ResourcelessTransactionManager())
        .build();
  }

  private <T> void make(Rows<T> open, StepExecution execution) throws JobInterruptedException {
    Path target = parts.resolve(place.name());
    Path attempt = parts.resolve("." + place.name() + "." + UUID.randomUUID());
    write(open, attempt, execution);
    try {
      if (!Files.isDirectory(target)) {
        AtomicFiles.publishFolder(attempt, target);
      }
    } catch (Failure failure) {
      // Another attempt may have been first; then its part is there, and as good as this one.
      if (!Files.isDirectory(target)) {
        throw failure;
      }
    } finally {
      AtomicFiles.deleteRecursively(attempt);
    }
  }

  private <T> void write(Rows<T> open, Path attempt, StepExecution execution)
      throws JobInterruptedException {
    LinesWriter writer =
        new LinesWriter(attempt, plan.work().kind().outputs().toArray(String[]::new));
    writer.open(new ExecutionContext());
    try (RowsAt<T> source = new RowsAt<>(plan.work().files(), open, place)) {
      long done = 0;
      long beat = System.nanoTime();
      while (source.hasNext()) {
        List<List<Line>> lines = new ArrayList<>();
        while (lines.size() < CHUNK && source.hasNext()) {
          lines.add(open.work(source.next()));
        }
        writer.write(new Chunk<>(lines));
        done += lines.size();
        if (System.nanoTime() - beat > HEARTBEAT.toNanos()) {
          live(execution, done);
          beat = System.nanoTime();
        }
      }
      execution.setReadCount(done);
    } finally {
      writer.close();
    }
  }

  /** Tells that this process lives, and hears whether anybody still waits for the part. */
  private void live(StepExecution execution, long done) throws JobInterruptedException {
    execution.setReadCount(done);
    repository.update(execution);
    if (execution.isTerminateOnly()) {
      throw new JobInterruptedException("stopped within a part, which will be made anew");
    }
  }
}
