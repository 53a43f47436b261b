package dev.pipeline.cli;

import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.metric.Unit;
import dev.pipeline.evaluate.review.ReviewKey;
import dev.pipeline.evaluate.review.ReviewResults;
import dev.pipeline.evaluate.review.Unblinding;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A review's results as people read them. */
final class ReviewText {
  private ReviewText() {}

  static String of(Unblinding unblinded) {
    ReviewResults results = unblinded.results();
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    lines.add("%s against %s".formatted(results.candidate().name(), results.rival().name()));
    lines.add(sample(unblinded.key(), results));
    lines.add(
        "win rate     %s; %d won, %d tied, %d lost"
            .formatted(
                text(results.winRate(), Unit.SHARE),
                results.votes().wins(),
                results.votes().ties(),
                results.votes().losses()));
    lines.add("left chosen  " + text(results.leftShare(), Unit.SHARE));
    results
        .ratings()
        .forEach(
            (criterion, ratings) ->
                lines.add(
                    "%-11s  %s against %s, difference %s"
                        .formatted(
                            criterion.word().replace('_', ' '),
                            number(ratings.candidate().value()),
                            number(ratings.rival().value()),
                            text(ratings.difference(), Unit.NUMBER))));
    lines.add("agreement    " + agreement(results));
    return lines.toString();
  }

  private static String sample(ReviewKey key, ReviewResults results) {
    String open = results.open() == 0 ? "" : "; " + results.open() + " opinions are open";
    return "%d items of %d held-out rows (%d with equal answers left out), judged by %s%s"
        .formatted(
            results.items(),
            key.holdout(),
            key.sameAnswers(),
            String.join(", ", results.reviewers()),
            open);
  }

  private static String agreement(ReviewResults results) {
    StringJoiner words = new StringJoiner(", ");
    words.setEmptyValue("not defined for one reviewer, or for reviewers who never differ");
    results
        .agreement()
        .forEach((asked, alpha) -> words.add(asked.replace('_', ' ') + " " + number(alpha)));
    return words + (results.agreement().isEmpty() ? "" : " (Krippendorff's alpha)");
  }

  private static String text(@Nullable Score score, Unit unit) {
    return score == null
        ? "not measured"
        : "%s [%s, %s], n = %d"
            .formatted(
                unit.format(score.value()),
                unit.format(score.low()),
                unit.format(score.high()),
                score.n());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
