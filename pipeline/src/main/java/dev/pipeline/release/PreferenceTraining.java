package dev.pipeline.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a fine-tuned adapter learned which of two answers is the better one.
 *
 * @param loss such as DPO or SimPO
 * @param beta weight of the reference, or scale of the rewards where there is none
 * @param learningRate at its peak
 * @param sftAdapter SHA-256 of the adapter that it began from
 * @param dataset name of the pairs
 * @param datasetVersion SHA-256 name of their version
 * @param datasetCounts pairs by part: train, validation, rejected
 * @param rewardAccuracy share of the held-out pairs whose chosen answer has the higher reward
 * @param heldOutPairs how many of those there are
 */
public record PreferenceTraining(
    String loss,
    double beta,
    @JsonProperty("learning_rate") double learningRate,
    @JsonProperty("sft_adapter") String sftAdapter,
    String dataset,
    @JsonProperty("dataset_version") String datasetVersion,
    @JsonProperty("dataset_counts") Map<String, Integer> datasetCounts,
    @JsonProperty("reward_accuracy") double rewardAccuracy,
    @JsonProperty("held_out_pairs") int heldOutPairs) {
  /** Sorts the counts, so that equal trainings have equal bytes. */
  public PreferenceTraining {
    datasetCounts = Collections.unmodifiableMap(new TreeMap<>(datasetCounts));
  }
}
