package dev.pipeline.evaluate.drift;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What people read when the model drifted. */
public final class Ticket {
  private static final int EXAMPLES = 3;

  private Ticket() {}

  /**
   * Markdown.
   *
   * @param reason why a person is asked
   */
  public static String markdown(
      String model, DriftDay day, Baseline baseline, List<Transcript> today, String reason) {
    DriftFinding finding = day.finding();
    StringBuilder text = new StringBuilder();
    text.append("# ").append(model).append(" drifted on ").append(day.day()).append("\n\n");
    text.append(reason).append(".\n\n");
    text.append(
        String.format(
            Locale.ROOT,
            "The mean rubric score of %d prompts fell by %.1f %%, with 95 %% confidence by at least %.1f %%;"
                + " the threshold is %.0f %%. Baseline: %s.%n%n",
            finding.prompts(),
            Rounded.of(percent(finding.fall()), 1),
            Rounded.of(percent(finding.fallAtLeast()), 1),
            percent(finding.threshold()),
            baseline.day()));
    text.append("| measure | baseline | ").append(day.day()).append(" |\n|---|---:|---:|\n");
    for (Measure measure : finding.measures()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s: %s | %.2f | %.2f (%.2f to %.2f) |%n",
              measure.name().replace('_', ' '),
              measure.meaning(),
              measure.before().value(),
              measure.now().value(),
              measure.now().low(),
              measure.now().high()));
    }
    text.append("\n## Where it shows most\n");
    baseline.transcripts().stream()
        .sorted(
            Comparator.comparingDouble(
                before -> Rubric.score(answer(today, before)) - Rubric.score(before.answer())))
        .limit(EXAMPLES)
        .forEach(
            before ->
                text.append("\n")
                    .append(before.id())
                    .append("\n\n")
                    .append(quoted("Supplier: " + before.message()))
                    .append(quoted("Baseline: " + before.answer()))
                    .append(quoted("Now: " + answer(today, before))));
    return text.toString();
  }

  private static String answer(List<Transcript> today, Transcript before) {
    return today.stream()
        .filter(one -> one.id().equals(before.id()))
        .map(Transcript::answer)
        .findFirst()
        .orElse("");
  }

  /** Indented, so that nothing in it is Markdown. */
  private static String quoted(String text) {
    return "    " + text.replaceAll("[\\p{Cntrl}\\s]+", " ") + "\n";
  }

  private static double percent(double share) {
    return 100 * share;
  }
}
