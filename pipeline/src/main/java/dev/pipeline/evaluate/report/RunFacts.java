package dev.pipeline.evaluate.report;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the run was made of.
 *
 * @param model name of the tuned model
 * @param dataset name of the curated dataset
 * @param datasetVersion its content address
 * @param datasetCounts rows by part: train, validation, rejected
 * @param digests SHA-256 by artefact
 * @param timings how long each step took, in the order of the steps
 */
public record RunFacts(
    String model,
    String dataset,
    String datasetVersion,
    SortedMap<String, Long> datasetCounts,
    SortedMap<String, String> digests,
    List<Timing> timings) {

  /** Copies the collections. */
  public RunFacts {
    datasetCounts = Collections.unmodifiableSortedMap(new TreeMap<>(datasetCounts));
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    timings = List.copyOf(timings);
  }

  /** Duration of one step. */
  public record Timing(String step, Duration duration) {
    /** For example "3 min 05 s" or "2.4 s". */
    public String text() {
      return duration.toMinutes() > 0
          ? "%d min %02d s".formatted(duration.toMinutes(), duration.toSecondsPart())
          : "%d.%d s".formatted(duration.toSeconds(), duration.toMillisPart() / 100);
    }
  }
}
