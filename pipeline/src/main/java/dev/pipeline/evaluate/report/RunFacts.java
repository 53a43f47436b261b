package dev.pipeline.evaluate.report;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the run was made of.
 *
 * @param model name of the tuned model
 * @param trainings how each judged model but the base was trained, such as SFT, then DPO
 * @param dataset name of the curated dataset
 * @param datasetVersion its content address
 * @param datasetCounts rows by part: train, validation, rejected
 * @param digests SHA-256 by artefact
 */
public record RunFacts(
    String model,
    List<String> trainings,
    String dataset,
    String datasetVersion,
    SortedMap<String, Long> datasetCounts,
    SortedMap<String, String> digests) {

  /** Copies the collections. */
  public RunFacts {
    trainings = List.copyOf(trainings);
    datasetCounts = Collections.unmodifiableSortedMap(new TreeMap<>(datasetCounts));
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
  }
}
