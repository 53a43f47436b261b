package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.List;

/** A leak in a tuned answer. */
public record LeakRow(String id, String rule, String text) {
  /** Enough to see the pattern; all of them are in {@code answers.jsonl}. */
  private static final int MOST = 20;

  static List<LeakRow> of(Evaluation evaluation) {
    List<LeakRow> leaks = new ArrayList<>();
    for (int i = 0; i < evaluation.rows().size(); i++) {
      String id = evaluation.rows().get(i).id();
      evaluation.tuned().rows().get(i).findings().leaks().stream()
          .map(leak -> new LeakRow(id, leak.rule(), Printable.of(leak.text())))
          .forEach(leaks::add);
    }
    return leaks.subList(0, Math.min(MOST, leaks.size()));
  }
}
