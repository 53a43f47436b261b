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
 * @param preferences what the last training learned from and how; empty without preferences
 * @param digests SHA-256 by artefact
 * @param warning why the model should not be shared; empty where nothing speaks against it
 */
public record RunFacts(
    String model,
    List<String> trainings,
    String dataset,
    String datasetVersion,
    SortedMap<String, Long> datasetCounts,
    SortedMap<String, String> preferences,
    SortedMap<String, String> digests,
    String warning) {

  /** Copies the collections. */
  public RunFacts {
    trainings = List.copyOf(trainings);
    datasetCounts = Collections.unmodifiableSortedMap(new TreeMap<>(datasetCounts));
    preferences = Collections.unmodifiableSortedMap(new TreeMap<>(preferences));
    digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
  }
}
