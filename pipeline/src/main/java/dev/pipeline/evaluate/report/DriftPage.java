package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.drift.Baseline;
import dev.pipeline.evaluate.drift.DriftDay;
import dev.pipeline.evaluate.drift.Measure;
import dev.pipeline.evaluate.drift.Rounded;
import dev.pipeline.evaluate.drift.Transcript;
import dev.pipeline.evaluate.metric.Score;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What the template {@code drift.jte} shows, ready to print.
 *
 * @param verdict today's, in a sentence
 * @param chart the rubric and the fall over the days
 */
public record DriftPage(
    String model,
    DriftDay today,
    String verdict,
    LineChart chart,
    List<Row> rows,
    String distance,
    List<Pair> pairs) {
  private static final int PERCENT = 100;
  private static final int MOST_PAIRS = 8;

  /** A measure on both sides. */
  public record Row(String name, String meaning, String before, String now) {}

  /** Two answers to a prompt. */
  public record Pair(String id, String message, String before, String now) {}

  static DriftPage of(
      String model, List<DriftDay> days, Baseline baseline, List<Transcript> today) {
    DriftDay last = days.get(days.size() - 1);
    return new DriftPage(
        model,
        last,
        verdict(last),
        chart(days),
        last.finding().measures().stream().map(DriftPage::row).toList(),
        text(last.finding().distance()),
        pairs(baseline, today));
  }

  /** What was found on {@code day}, in a sentence. */
  public static String verdict(DriftDay day) {
    if (day.recordsBaseline()) {
      return "Baseline recorded";
    }
    return String.format(
        Locale.ROOT,
        "%s: the mean rubric score fell by %.1f %%, with 95 %% confidence by at least %.1f %%; %.0f %% are allowed",
        day.finding().drift() ? "Drift" : "No drift",
        Rounded.of(PERCENT * day.finding().fall(), 1),
        Rounded.of(PERCENT * day.finding().fallAtLeast(), 1),
        PERCENT * day.finding().threshold());
  }

  /** The rubric and the fall over {@code days}, at least one. */
  public static LineChart chart(List<DriftDay> days) {
    LocalDate first = LocalDate.parse(days.get(0).day());
    return LineChart.overDays(
        "Fall of the rubric since the baseline",
        "Percent, by days from " + first + "; drift is where the lower end is above the threshold.",
        first,
        List.of(
            series("fall", "two", days, first, day -> PERCENT * day.finding().fall()),
            series("at least", "three", days, first, day -> PERCENT * day.finding().fallAtLeast()),
            series("threshold", "one", days, first, day -> PERCENT * day.finding().threshold())));
  }

  private static Series series(
      String name,
      String style,
      List<DriftDay> days,
      LocalDate first,
      ToDoubleFunction<DriftDay> value) {
    return new Series(
        name,
        style,
        days.stream()
            .map(
                day ->
                    new Point(
                        LocalDate.parse(day.day()).toEpochDay() - first.toEpochDay(),
                        value.applyAsDouble(day)))
            .toList());
  }

  private static Row row(Measure measure) {
    return new Row(
        measure.name().replace('_', ' '),
        measure.meaning(),
        text(measure.before()),
        text(measure.now()));
  }

  private static String text(Score score) {
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f)",
        Rounded.of(score.value(), 2),
        Rounded.of(score.low(), 2),
        Rounded.of(score.high(), 2));
  }

  private static List<Pair> pairs(Baseline baseline, List<Transcript> today) {
    return IntStream.range(0, Math.min(MOST_PAIRS, today.size()))
        .mapToObj(
            i ->
                new Pair(
                    today.get(i).id(),
                    today.get(i).message(),
                    baseline.transcripts().get(i).answer(),
                    today.get(i).answer()))
        .toList();
  }
}
