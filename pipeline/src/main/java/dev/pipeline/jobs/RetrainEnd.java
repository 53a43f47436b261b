package dev.pipeline.jobs;

import java.nio.file.Path;
import java.time.YearMonth;

/**
 * How a start of retraining ended.
 *
 * @param released whether it published something
 * @param words for people
 */
public record RetrainEnd(boolean released, String words) {
  static RetrainEnd doneBefore(YearMonth month, RetrainRecord record, Path file) {
    String other = record.intake().month();
    return new RetrainEnd(
        false,
        other.equals(month.toString())
            ? "%s is done: release %d on %s; nothing to do (%s)"
                .formatted(month, record.release(), record.finished(), file)
            : "%s is past: %s was retrained, on all that %s would have known; nothing to do"
                .formatted(month, other, month));
  }

  static RetrainEnd running(YearMonth month, String where, String since) {
    return new RetrainEnd(
        false, "%s is being retrained %s since %s; nothing to do".formatted(month, where, since));
  }

  static RetrainEnd of(RetrainRecord record, Path file) {
    RetrainIntake intake = record.intake();
    RetrainIntake.Learned feedback = intake.feedback();
    String heard =
        "%d opinions (%d new), %d pairs, %d rows"
            .formatted(feedback.opinions(), feedback.fresh(), feedback.pairs(), feedback.rows());
    return record.verdict() == RetrainRecord.Verdict.RELEASED
        ? new RetrainEnd(
            true,
            "%s: release %d, from %s -> %s"
                .formatted(intake.month(), record.release(), heard, file))
        : new RetrainEnd(
            false,
            "%s: nothing is released: what training made is the file of release %d, byte for byte, with %s; the month stays open"
                .formatted(intake.month(), record.same(), heard));
  }
}
