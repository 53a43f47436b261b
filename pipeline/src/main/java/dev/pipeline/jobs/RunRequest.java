package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What somebody asked for.
 *
 * @param job the job named on the command line
 * @param only whether to run just that job, without what it needs and what follows
 * @param config all settings
 * @param configPath where they were read, so that {@code jobs restart} finds them
 * @param overrides {@code key=value} from the command line, likewise
 */
public record RunRequest(
    String job, boolean only, PipelineConfig config, String configPath, List<String> overrides) {
  /** Copies the list. */
  public RunRequest {
    overrides = List.copyOf(overrides);
  }

  /** The same, with what the job needs. */
  RunRequest withNeeds() {
    return new RunRequest(job, false, config, configPath, overrides);
  }

  /** The command, as a person would type it. */
  public String command() {
    return Stream.of(
            Stream.of("run", job),
            only ? Stream.of("--only") : Stream.<String>empty(),
            Stream.of("--config", configPath),
            overrides.stream())
        .flatMap(part -> part)
        .collect(Collectors.joining(" "));
  }
}
