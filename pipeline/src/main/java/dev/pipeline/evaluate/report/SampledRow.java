package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.HoldoutRow;
import dev.pipeline.evaluate.JudgedRow;
import dev.pipeline.evaluate.metric.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One row with all answers, side by side.
 *
 * @param answers one a model
 */
public record SampledRow(
    String id, String instruction, String context, String reference, List<Answer> answers) {
  private static final long SEED = 1;

  /** Copies the answers. */
  public SampledRow {
    answers = List.copyOf(answers);
  }

  /**
   * One model's answer.
   *
   * @param label what people call the model
   * @param style CSS class that colours it
   * @param objections what the inspections say, one line each
   */
  public record Answer(
      String label,
      String style,
      String text,
      int tokens,
      boolean endedByItself,
      List<String> objections) {
    /** Copies the objections. */
    public Answer {
      objections = List.copyOf(objections);
    }
  }

  /** At most {@code most} rows drawn without looking at them, in the order of the hold-out. */
  static List<SampledRow> of(List<HoldoutRow> rows, List<Column> columns, int most) {
    List<Integer> indices = new ArrayList<>(IntStream.range(0, rows.size()).boxed().toList());
    Collections.shuffle(indices, new Random(SEED));
    return indices.stream().limit(most).sorted().map(i -> of(rows.get(i), columns, i)).toList();
  }

  private static SampledRow of(HoldoutRow row, List<Column> columns, int index) {
    return new SampledRow(
        Printable.of(row.id()),
        Printable.of(row.instruction()),
        Printable.of(row.context()),
        Printable.of(row.reference()),
        columns.stream()
            .map(column -> answer(column, column.judgement().rows().get(index)))
            .toList());
  }

  private static Answer answer(Column column, JudgedRow row) {
    List<String> objections =
        Stream.of(
                row.findings().style(),
                row.findings().leaks(),
                row.findings().copies(),
                row.findings().toxic())
            .flatMap(List::stream)
            .map(Finding::rule)
            .distinct()
            .map(Printable::of)
            .toList();
    return new Answer(
        column.label(),
        column.style(),
        Printable.of(row.answer().text()),
        row.answer().tokens(),
        row.answer().endedByItself(),
        objections);
  }
}
