package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.release.GateOverride;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
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
 * @param gateOverride somebody's decision to publish what the gate refuses
 * @param road where a job that stands on every road is meant; empty for the one to be expected
 */
public record RunRequest(
    String job,
    boolean only,
    PipelineConfig config,
    String configPath,
    List<String> overrides,
    Optional<GateOverride> gateOverride,
    Optional<Road> road) {
  /** What no shell changes. */
  private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

  /** Copies the list. */
  public RunRequest {
    overrides = List.copyOf(overrides);
  }

  /** A request that leaves the gate its say, on the road to be expected. */
  public RunRequest(
      String job, boolean only, PipelineConfig config, String configPath, List<String> overrides) {
    this(job, only, config, configPath, overrides, Optional.empty(), Optional.empty());
  }

  /** The same, with what the job needs. */
  RunRequest withNeeds() {
    return new RunRequest(job, false, config, configPath, overrides, gateOverride, road);
  }

  /** The same of the whole {@code other} road. */
  RunRequest whole(Road other) {
    return new RunRequest(other.trainer(), false, config, configPath, overrides);
  }

  /** The command, as a person would type it; what a shell would take apart is quoted. */
  public String command() {
    return Stream.of(
            Stream.of("run", job),
            only ? Stream.of("--only") : Stream.<String>empty(),
            Stream.of("--config", configPath),
            overrides.stream())
        .flatMap(part -> part)
        .map(RunRequest::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
