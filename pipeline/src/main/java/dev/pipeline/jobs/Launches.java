package dev.pipeline.jobs;

import dev.pipeline.io.Json;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * Job parameters: the key identifies a run, the rest tells how to start it again and who owns it.
 */
final class Launches {
  static final String KEY = "key";
  static final String CONFIG = "config";
  static final String OVERRIDES = "overrides";
  static final String OWNER = "owner";

  /** What retraining is known by. */
  static final String MONTH = "month";

  static final String MODEL = "model";

  /** The road that the job stands on, where there are several. */
  static final String ROAD = "road";

  private Launches() {}

  /** What identifies the run of {@code key}, with what does not. */
  static JobParameters parameters(RunKey key, RunRequest request, PipelineJob job) {
    JobParametersBuilder builder = builder(JobIdentity.of(key), request);
    job.road().ifPresent(road -> builder.addString(ROAD, road.name(), false));
    return builder.toJobParameters();
  }

  /** The same of any run. */
  static JobParameters parameters(JobIdentity run, RunRequest request) {
    return builder(run, request).toJobParameters();
  }

  /** How the run of {@code execution} is called: its key, shortened, or its month. */
  static String name(JobExecution execution) {
    String key = execution.getJobParameters().getString(KEY);
    return key == null
        ? String.valueOf(execution.getJobParameters().getString(MONTH))
        : new RunKey("", key).shortName();
  }

  private static JobParametersBuilder builder(JobIdentity run, RunRequest request) {
    return new JobParametersBuilder(run.parameters())
        .addString(CONFIG, request.configPath(), false)
        .addString(OVERRIDES, Json.line(request.overrides()), false)
        .addString(OWNER, owner(request), false);
  }

  /** The road of {@code execution}. */
  static Optional<Road> road(JobExecution execution) {
    return Optional.ofNullable(execution.getJobParameters().getString(ROAD)).map(Road::valueOf);
  }

  /** The settings that {@code execution} was started with on the command line. */
  static List<String> overrides(JobExecution execution) {
    String list = String.valueOf(execution.getJobParameters().getString(OVERRIDES));
    return List.of(Json.parse(list, String[].class, "execution " + execution.getId()));
  }

  /**
   * This machine and its artefacts: who holds their lock knows that no other process runs there.
   */
  static String owner(RunRequest request) {
    return host()
        + ":"
        + Workspace.of(request.config().model()).jobs().toAbsolutePath().normalize();
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
