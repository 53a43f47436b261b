package dev.pipeline.data.prefer.assemble;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.data.dedup.SimilarTexts;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a user decides about a set of pairs.
 *
 * @param name the dataset's name, a folder name
 * @param heldOutShare share of the pairs of new scenario families to hold out
 * @param seed decides which families are held out, and every draw
 * @param nearDuplicateThreshold Jaccard similarity from which two texts are near duplicates
 * @param shingleWords words in an n-gram when similarity is measured
 * @param personas names that are no person's; never redacted
 * @param pairsPerRow failures a curated row is spoilt with
 * @param spoiltRows training rows that are spoilt; the held-out ones are all, unless this is 0
 * @param sampledRows rows that the base model answers
 * @param temperature of those answers
 * @param onPolicyRows rows that the fine-tuned model answers
 * @param onPolicyTemperature of those answers
 */
public record PreferenceSettings(
    String name,
    @JsonProperty("held_out_share") double heldOutShare,
    long seed,
    @JsonProperty("near_duplicate_threshold") double nearDuplicateThreshold,
    @JsonProperty("shingle_words") int shingleWords,
    Set<String> personas,
    @JsonProperty("pairs_per_row") int pairsPerRow,
    @JsonProperty("spoilt_rows") int spoiltRows,
    @JsonProperty("sampled_rows") int sampledRows,
    double temperature,
    @JsonProperty("on_policy_rows") int onPolicyRows,
    @JsonProperty("on_policy_temperature") double onPolicyTemperature) {
  /** Fixes the order of the names, for they are written to a manifest. */
  public PreferenceSettings {
    personas = new TreeSet<>(personas);
  }

  SimilarTexts similarTexts() {
    return new SimilarTexts(nearDuplicateThreshold, shingleWords);
  }
}
