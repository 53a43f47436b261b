package dev.pipeline.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code release.yaml}: what is published, and where it is served.
 *
 * @param temperature sampling temperature in the Modelfile; default 0.2
 * @param topP nucleus of the sampling in the Modelfile; default 0.9
 * @param ollamaUrl an Ollama server to register the model with; default none
 * @param ollamaRequired whether a configured server that does not answer refuses the run; default
 *     true
 * @param ollamaTimeout how long an answer of that server may take; default 5m
 * @param smokePrompts negotiation prompts that a release answers where it will serve, before it
 *     does; 0 asks none; default 6
 */
public record ReleaseConfig(
    double temperature,
    double topP,
    Optional<URI> ollamaUrl,
    boolean ollamaRequired,
    Duration ollamaTimeout,
    int smokePrompts) {
  /** What holds without a file. */
  public static final ReleaseConfig DEFAULTS =
      new ReleaseConfig(0.2, 0.9, Optional.empty(), true, Duration.ofMinutes(5), 6);

  /** Refuses values out of range. */
  public ReleaseConfig {
    Check.notNegative("temperature", temperature);
    Check.within("top_p", 0, Math.nextUp(1.0), topP);
    Check.positive("top_p", topP);
    ollamaUrl.ifPresent(ReleaseConfig::requireHttp);
    Check.atLeast("ollama_timeout", 1, ollamaTimeout.toMillis());
    Check.atLeast("smoke_prompts", 0, smokePrompts);
  }

  private static void requireHttp(URI url) {
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http || url.getHost() == null || url.getUserInfo() != null) {
      throw new BadValue(
          "ollama_url",
          "must be an http address with a host and without user or password",
          "write it like http://localhost:11434");
    }
  }
}
