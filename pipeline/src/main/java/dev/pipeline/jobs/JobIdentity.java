package dev.pipeline.jobs;

import java.time.YearMonth;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * What the store knows a run by.
 *
 * @param job the job's name
 * @param parameters those that identify it, and no others
 */
record JobIdentity(String job, JobParameters parameters) {
  /** A run of a key. */
  static JobIdentity of(RunKey key) {
    return new JobIdentity(
        key.job(),
        new JobParametersBuilder().addString(Launches.KEY, key.value()).toJobParameters());
  }

  /** The retraining of a model for {@code month}, whatever goes into it. */
  static JobIdentity retraining(String model, YearMonth month) {
    return new JobIdentity(
        Retrain.JOB,
        new JobParametersBuilder()
            .addString(Launches.MODEL, model)
            .addString(Launches.MONTH, month.toString())
            .toJobParameters());
  }
}
