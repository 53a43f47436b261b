package dev.pipeline.evaluate.review;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.HoldoutRow;
import dev.pipeline.evaluate.JudgedRow;
import dev.pipeline.evaluate.Judgement;
import dev.pipeline.evaluate.ModelIdentity;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two models that answered the same hold-out rows.
 *
 * @param candidate the model in question
 * @param rival what it is held against
 */
public record Contest(Contender candidate, Contender rival, List<Row> rows) {
  /** Copies the rows. */
  public Contest {
    rows = List.copyOf(rows);
  }

  /** One row with both answers. */
  public record Row(HoldoutRow row, JudgedRow candidate, JudgedRow rival) {
    boolean sameAnswer() {
      return candidate.answer().text().equals(rival.answer().text());
    }
  }

  /** The tuned model of {@code evaluation} against its base. */
  public static Contest againstBase(Evaluation evaluation) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < evaluation.rows().size(); i++) {
      rows.add(
          new Row(
              evaluation.rows().get(i),
              evaluation.tuned().rows().get(i),
              evaluation.base().rows().get(i)));
    }
    ModelIdentity tuned = evaluation.tuned().model();
    ModelIdentity base = evaluation.base().model();
    return new Contest(new Contender(tuned.name(), tuned), new Contender(base.name(), base), rows);
  }

  /**
   * The tuned models of two evaluations, on the rows that both answered.
   *
   * @param run names the candidate's evaluation
   * @param rivalRun names the rival's
   */
  public static Contest between(
      String run, Evaluation evaluation, String rivalRun, Evaluation rivalEvaluation) {
    Map<String, JudgedRow> answered = new HashMap<>();
    for (int i = 0; i < rivalEvaluation.rows().size(); i++) {
      HoldoutRow row = rivalEvaluation.rows().get(i);
      answered.put(row.prompt(), rivalEvaluation.tuned().rows().get(i));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < evaluation.rows().size(); i++) {
      HoldoutRow row = evaluation.rows().get(i);
      JudgedRow rival = answered.get(row.prompt());
      if (rival != null) {
        rows.add(new Row(row, evaluation.tuned().rows().get(i), rival));
      }
    }
    if (rows.isEmpty()) {
      throw Failure.refused(
          "runs " + run + " and " + rivalRun + " answered no hold-out row in common",
          "compare runs of the same dataset, system prompt and chat template");
    }
    return new Contest(
        named(run, evaluation.tuned()), named(rivalRun, rivalEvaluation.tuned()), rows);
  }

  private static Contender named(String run, Judgement judgement) {
    return new Contender(judgement.model().name() + " of run " + run, judgement.model());
  }
}
