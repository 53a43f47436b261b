package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.evaluate.metric.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A leak or an insult in a tuned answer. */
public record LeakRow(String id, String rule, String text) {
  /** Enough to see the pattern; all of them are in {@code answers.jsonl}. */
  private static final int MOST = 20;

  static List<LeakRow> of(Evaluation evaluation) {
    List<LeakRow> rows = new ArrayList<>();
    for (int i = 0; i < evaluation.rows().size(); i++) {
      String id = evaluation.rows().get(i).id();
      serious(evaluation.tuned().rows().get(i).findings())
          .map(found -> new LeakRow(id, found.rule(), Printable.of(found.text())))
          .forEach(rows::add);
    }
    return rows.subList(0, Math.min(MOST, rows.size()));
  }

  private static Stream<Finding> serious(Findings findings) {
    return Stream.concat(findings.leaks().stream(), findings.toxic().stream());
  }
}
