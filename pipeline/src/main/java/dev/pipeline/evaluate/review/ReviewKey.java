package dev.pipeline.evaluate.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tells the models apart: {@code key.json}, which only the results read.
 *
 * @param seed of the draw
 * @param candidate the model in question
 * @param rival what it is held against
 * @param holdout hold-out rows that both answered
 * @param sameAnswers rows left out because both answers are the same
 * @param dataset where the rows come from; absent when it is not known
 * @param entries one an item, in the items' order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReviewKey(
    long seed,
    Contender candidate,
    Contender rival,
    int holdout,
    @JsonProperty("same_answers") int sameAnswers,
    @Nullable DatasetReference dataset,
    List<Entry> entries) {
  /** Copies the entries. */
  public ReviewKey {
    entries = List.copyOf(entries);
  }

  /**
   * One item.
   *
   * @param item its id
   * @param row id of the hold-out row
   * @param stratum the part of the hold-out it was drawn from
   * @param candidateLeft whether the candidate wrote the left answer
   */
  public record Entry(
      String item,
      String row,
      String stratum,
      @JsonProperty("candidate_left") boolean candidateLeft) {}

  /**
   * A dataset version.
   *
   * @param folder where it lies
   * @param manifestSha256 digest of its manifest
   */
  public record DatasetReference(
      String folder, @JsonProperty("manifest_sha256") String manifestSha256) {}
}
