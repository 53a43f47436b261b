package dev.pipeline.jobs;

import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run of a job is: the SHA-256 of everything that decides its outcome. Equal keys mean equal
 * results, so that a finished run with the same key need not be done again.
 *
 * @param job the job's name
 * @param value 64 hex digits
 */
public record RunKey(String job, String value) {
  /** Digits that name the run's folder. */
  private static final int SHORT = 16;

  /** The key of {@code ingredients}: code version, settings and digests of inputs, by name. */
  public static RunKey of(String job, Map<String, String> ingredients) {
    return new RunKey(job, Hashes.sha256(job + "\n" + Json.line(new TreeMap<>(ingredients))));
  }

  /** What ingredients call the digest of what an earlier job made. */
  static String output(String job, String name) {
    return "output " + job + " " + name;
  }

  /** The first sixteen digits, for folders and people. */
  public String shortName() {
    return value.substring(0, SHORT);
  }
}
