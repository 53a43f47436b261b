package dev.pipeline.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a month's retraining starts from, written down before it does anything, so that the same
 * goes into it however often it is killed.
 *
 * @param month such as 2026-11
 * @param reason why it was started: schedule, drift or a person's words
 * @param started when it was started first, ISO-8601 UTC
 * @param cutOff what arrived from then on waits for the next month
 * @param former the release before it; null before the first
 * @param feedback what was learnt from
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetrainIntake(
    String month,
    String reason,
    String started,
    @JsonProperty("cut_off") String cutOff,
    @Nullable Former former,
    Learned feedback) {

  /**
   * The release that serves.
   *
   * @param newest the newest version there is, beyond {@code version} after a rollback
   * @param evaluation folder of its evaluation; null where that is gone
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Former(int version, int newest, @Nullable String evaluation) {}

  /**
   * Feedback that a month learns from, all that arrived before the cut-off.
   *
   * @param opinions how many there are
   * @param fresh how many of them the month before did not know
   * @param pairs pairs of a better and a worse answer made of them
   * @param rows candidate rows made of them
   * @param pairsFile where the pairs lie; null where there are none
   * @param rowsFile where the rows lie; null where there are none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Learned(
      int opinions,
      int fresh,
      int pairs,
      int rows,
      @JsonProperty("pairs_file") @Nullable String pairsFile,
      @JsonProperty("rows_file") @Nullable String rowsFile) {}

  /** The settings that let the jobs read it. */
  List<String> overrides() {
    return Stream.of(
            setting("preferences.feedback_pairs", feedback.pairsFile()),
            setting("mine.feedback_rows", feedback.rowsFile()))
        .flatMap(List::stream)
        .toList();
  }

  private static List<String> setting(String key, @Nullable String file) {
    return file == null ? List.of() : List.of(key + "=" + file);
  }
}
