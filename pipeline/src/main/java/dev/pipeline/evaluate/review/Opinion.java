package dev.pipeline.evaluate.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.io.Failure;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one reviewer says of one item, as far as it goes.
 *
 * @param preference absent while it is open
 * @param left ratings of the left answer; an open criterion is absent
 * @param right ratings of the right answer
 * @param comment the reviewer's words
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Opinion(
    @Nullable Preference preference,
    Map<Criterion, Integer> left,
    Map<Criterion, Integer> right,
    String comment) {
  /** Nothing said yet. */
  public static final Opinion NONE = new Opinion(null, Map.of(), Map.of(), "");

  private static final int LONGEST_COMMENT = 4_000;

  /** Refuses ratings off the scale and comments that are no comments. */
  public Opinion {
    left = checked(left);
    right = checked(right);
    Objects.requireNonNull(comment, "comment is missing");
    if (comment.length() > LONGEST_COMMENT) {
      throw Failure.refused(
          "the comment has more than " + LONGEST_COMMENT + " characters", "shorten it");
    }
  }

  /** Whether nothing is open: a preference, and a rating for each criterion and answer. */
  public boolean complete() {
    int criteria = Criterion.values().length;
    return preference != null && left.size() == criteria && right.size() == criteria;
  }

  private static Map<Criterion, Integer> checked(Map<Criterion, Integer> ratings) {
    Objects.requireNonNull(ratings, "ratings are missing");
    Map<Criterion, Integer> copy = new EnumMap<>(Criterion.class);
    ratings.forEach(
        (criterion, rating) -> {
          if (rating == null || rating < Criterion.LOWEST || rating > Criterion.HIGHEST) {
            throw Failure.refused(
                criterion.word() + " is " + rating + ", which is off the scale",
                "rate from " + Criterion.LOWEST + " to " + Criterion.HIGHEST);
          }
          copy.put(criterion, rating);
        });
    return Collections.unmodifiableMap(copy);
  }
}
