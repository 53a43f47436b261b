package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.metric.Proportion;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.metric.Unit;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often the rewards of preference optimisation rank a held-out pair as people do.
 *
 * @param accuracy share of pairs whose chosen answer has the higher reward
 * @param matched the same among pairs of like length, if there are any
 * @param bySource the same among pairs of each source
 * @param margin mean reward of a chosen answer less that of its rejected one
 */
public record HeldOutPairs(
    Score accuracy, Optional<Score> matched, SortedMap<String, Score> bySource, double margin) {
  /** Copies the map. */
  public HeldOutPairs {
    bySource = Collections.unmodifiableSortedMap(new TreeMap<>(bySource));
  }

  /** From counted shares: {@code accuracy} of {@code pairs}, of which some are of like length. */
  public static HeldOutPairs of(
      int pairs,
      double accuracy,
      int matched,
      double matchedAccuracy,
      Map<String, Score> bySource,
      double margin) {
    return new HeldOutPairs(
        share(pairs, accuracy),
        matched == 0 ? Optional.empty() : Optional.of(share(matched, matchedAccuracy)),
        new TreeMap<>(bySource),
        margin);
  }

  /** For example "88.1 %". */
  public String value(Score score) {
    return Unit.SHARE.format(score.value());
  }

  /** For example "81.0 % to 92.8 %, n = 118". */
  public String interval(Score score) {
    return Unit.SHARE.format(score.low())
        + " to "
        + Unit.SHARE.format(score.high())
        + ", n = "
        + score.n();
  }

  /** The mean margin as people read it. */
  public String marginText() {
    return Unit.NUMBER.format(margin);
  }

  private static Score share(int pairs, double accuracy) {
    return Proportion.of(Math.rint(accuracy * pairs), pairs);
  }
}
