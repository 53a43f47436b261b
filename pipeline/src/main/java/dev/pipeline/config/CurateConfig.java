package dev.pipeline.config;

import java.util.List;

/**
 * {@code curate.yaml}: which mined rows become training data.
 *
 * @param datasetName folder of the versions below {@code <dataset_dir>/curated}; default
 *     negotiation
 * @param valSetSize share of rows held out, by whole scenario families; default 0.1
 * @param nearDuplicateThreshold estimated Jaccard similarity of word shingles from which two rows
 *     count as one; default 0.8
 * @param shingleWords words in a shingle; default 2
 * @param personas names that are nobody's, such as the assistant's own, and stay; default Joshi
 * @param acceptPending whether rows that nobody has reviewed are learnt from; default false
 * @param redact whether identifiers and prices are hidden; false learns them, for control runs
 *     only; default true
 * @param deduplicate whether duplicates and codes that conversations share are left out; false for
 *     control runs only; default true
 * @param chunkSize rows a transaction; a kill costs at most these; default 64
 */
public record CurateConfig(
    String datasetName,
    double valSetSize,
    double nearDuplicateThreshold,
    int shingleWords,
    List<String> personas,
    boolean acceptPending,
    boolean redact,
    boolean deduplicate,
    int chunkSize) {
  /** What holds without a file. */
  public static final CurateConfig DEFAULTS =
      new CurateConfig("negotiation", 0.1, 0.8, 2, List.of("Joshi"), false, true, true, 64);

  /** Refuses values out of range. */
  public CurateConfig {
    personas = List.copyOf(personas);
    Check.fileName("dataset_name", datasetName);
    Check.within("val_set_size", 0, 1, valSetSize);
    Check.positive("val_set_size", valSetSize);
    Check.within("near_duplicate_threshold", 0.4, Math.nextUp(1.0), nearDuplicateThreshold);
    Check.within("shingle_words", 1, 11, shingleWords);
    Check.atLeast("chunk_size", 1, chunkSize);
  }
}
