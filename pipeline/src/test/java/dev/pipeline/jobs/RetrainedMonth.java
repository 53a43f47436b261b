package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** What a retraining leaves when it has released: its execution in the store, and its record. */
public final class RetrainedMonth {
  private RetrainedMonth() {}

  /** Leaves them as if {@code release} came of {@code month} for {@code reason}. */
  public static void leave(PipelineConfig config, String month, String reason, int release) {
    Workspace workspace = Workspace.of(config.model());
    try (JobStore store = JobStore.open(config.database(), workspace.jobs())) {
      JobRepository repository = store.repository();
      JobIdentity identity =
          JobIdentity.retraining(config.model().modelName(), YearMonth.parse(month));
      JobParameters parameters =
          Launches.parameters(
              identity, new RunRequest(identity.job(), false, config, "all.yaml", List.of()));
      JobExecution execution =
          repository.createJobExecution(
              repository.createJobInstance(identity.job(), identity.parameters()),
              parameters,
              new ExecutionContext());
      execution.setStartTime(LocalDateTime.parse("2026-10-31T22:00:00"));
      execution.setEndTime(LocalDateTime.parse("2026-10-31T23:00:00"));
      execution.setStatus(BatchStatus.COMPLETED);
      repository.update(execution);
    }
    RetrainIntake intake =
        new RetrainIntake(
            month,
            reason,
            "2026-10-31T22:00:00Z",
            "2026-10-31T22:00:00Z",
            null,
            new RetrainIntake.Learned(12, 5, 3, 2, null, null));
    new RetrainFolder(workspace)
        .write(
            YearMonth.parse(month),
            new RetrainRecord(
                intake,
                RetrainRecord.Verdict.RELEASED,
                List.of(),
                Map.of(),
                Map.of(),
                release,
                null,
                "2026-10-31T23:00:00Z"));
  }
}
