package dev.pipeline.evaluate.report;

import java.util.Collections;
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
 */
public record RunFacts(
    String model,
    String dataset,
    String datasetVersion,
    SortedMap<String, Long> datasetCounts,
    SortedMap<String, String> digests) {

  /** Copies the collections. */
  public RunFacts {
    datasetCounts = Collections.unmodifiableSortedMap(new TreeMap<>(datasetCounts));
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
  }
}
