package dev.pipeline.evaluate.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.data.Approval;
import dev.pipeline.evaluate.metric.Score;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What reviewers found, in the open.
 *
 * @param items items in the review
 * @param open opinions that are missing or lack something
 * @param votes preferences given, of all reviewers
 * @param winRate share of votes for the candidate, a tie counting half; absent without votes. Its n
 *     counts items, for reviewers of one item do not judge independently
 * @param leftShare share of votes for the left answer among those for either; near a half unless
 *     reviewers favour a side
 * @param agreement Krippendorff's alpha by what was asked; absent where there is none
 * @param approvals whether the conversations are fit to train and judge on, by reviewer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReviewResults(
    Contender candidate,
    Contender rival,
    List<String> reviewers,
    int items,
    int open,
    Votes votes,
    @JsonProperty("win_rate") @Nullable Score winRate,
    @JsonProperty("left_share") @Nullable Score leftShare,
    Map<Criterion, Ratings> ratings,
    Map<String, Double> agreement,
    Map<String, Approval> approvals) {

  /** Votes by what they prefer. */
  public record Votes(int wins, int ties, int losses) {
    /** All of them. */
    public int all() {
      return wins + ties + losses;
    }
  }

  /**
   * Mean ratings, n counting items.
   *
   * @param difference candidate less rival on the same items
   */
  public record Ratings(Score candidate, Score rival, Score difference) {}
}
