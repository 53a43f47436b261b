package dev.pipeline.jobs;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a job made.
 *
 * @param summary one line for people: counts and figures
 * @param outputs files and folders that later jobs read or people use, by name
 */
public record Outcome(String summary, Map<String, Path> outputs) {
  /** Copies the map. */
  public Outcome {
    outputs = Map.copyOf(outputs);
  }
}
