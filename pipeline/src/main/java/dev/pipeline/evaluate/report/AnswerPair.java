package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.HoldoutRow;
import dev.pipeline.evaluate.JudgedRow;
import dev.pipeline.evaluate.metric.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One row with both answers, side by side. */
public record AnswerPair(
    String id, String instruction, String context, String reference, Side base, Side tuned) {
  /**
   * One model's answer.
   *
   * @param objections what the inspections say, one line each
   */
  public record Side(String text, int tokens, boolean endedByItself, List<String> objections) {}

  private static final int SAMPLED = 10;
  private static final long SEED = 1;

  /** Ten rows drawn without looking at them, in the order of the hold-out. */
  static List<AnswerPair> sampled(Evaluation evaluation) {
    List<Integer> indices =
        new ArrayList<>(IntStream.range(0, evaluation.rows().size()).boxed().toList());
    Collections.shuffle(indices, new Random(SEED));
    return indices.stream().limit(SAMPLED).sorted().map(i -> of(evaluation, i)).toList();
  }

  private static AnswerPair of(Evaluation evaluation, int index) {
    HoldoutRow row = evaluation.rows().get(index);
    return new AnswerPair(
        Printable.of(row.id()),
        Printable.of(row.instruction()),
        Printable.of(row.context()),
        Printable.of(row.reference()),
        side(evaluation.base().rows().get(index)),
        side(evaluation.tuned().rows().get(index)));
  }

  private static Side side(JudgedRow row) {
    List<String> objections =
        Stream.of(row.findings().style(), row.findings().leaks(), row.findings().copies())
            .flatMap(List::stream)
            .map(Finding::rule)
            .distinct()
            .map(Printable::of)
            .toList();
    return new Side(
        Printable.of(row.answer().text()),
        row.answer().tokens(),
        row.answer().endedByItself(),
        objections);
  }
}
