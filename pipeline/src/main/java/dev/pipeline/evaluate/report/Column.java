package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.Judgement;
import java.util.ArrayList;
import java.util.List;

/**
 * A model's place on the page.
 *
 * @param label what people call the model: Base, or how it was trained
 * @param style CSS class that colours it
 */
public record Column(String label, String style, Judgement judgement) {
  private static final String BASE = "one";
  private static final String TUNED = "two";
  private static final String START = "three";

  /**
   * The models of {@code evaluation} in the order they were made.
   *
   * @param trainings how each but the base was trained, in that order
   */
  static List<Column> of(Evaluation evaluation, List<String> trainings) {
    List<Judgement> models = evaluation.models();
    if (trainings.size() != models.size() - 1) {
      throw new IllegalArgumentException(
          models.size() + " models, of which the last were trained by " + trainings);
    }
    List<Column> columns = new ArrayList<>(List.of(new Column("Base", BASE, models.get(0))));
    for (int i = 1; i < models.size(); i++) {
      String style = i == models.size() - 1 ? TUNED : START;
      columns.add(new Column(trainings.get(i - 1), style, models.get(i)));
    }
    return columns;
  }
}
