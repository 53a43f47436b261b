package dev.pipeline.evaluate.drift;

import dev.pipeline.data.text.Words;
import dev.pipeline.embed.Embedder;
import dev.pipeline.embed.Vectors;
import dev.pipeline.evaluate.metric.Bootstrap;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Drift is a fall of the mean rubric score by more than a threshold, as a share of the baseline's
 * mean, with 95 % confidence on one side: the 5th percentile of the bootstrap over prompts, which
 * keeps the two answers to a prompt together (Efron and Tibshirani 1993, chapter 13), lies above
 * it.
 */
public final class DriftDetector {
  private final double threshold;
  private final Embedder embedder;

  /**
   * A detector of falls beyond {@code threshold}, such as 0.1.
   *
   * @param embedder tells how far two answers lie apart, which is shown and decides nothing
   */
  public DriftDetector(double threshold, Embedder embedder) {
    this.threshold = threshold;
    this.embedder = embedder;
  }

  /**
   * Compares answers to the same prompts in the same order.
   *
   * @throws Failure when the prompts differ
   */
  public DriftFinding compare(List<Transcript> baseline, List<Transcript> today) {
    if (baseline.isEmpty()
        || !baseline.stream()
            .map(Transcript::id)
            .toList()
            .equals(today.stream().map(Transcript::id).toList())) {
      throw Failure.usage(
          "the baseline answered other prompts than today's",
          "record another with pipeline run drift --new-baseline");
    }
    double[] before = values(baseline, Rubric::score);
    double[] now = values(today, Rubric::score);
    double atLeast =
        Bootstrap.lowerBound(before.length, rows -> fall(mean(before, rows), mean(now, rows)));
    int[] all = rows(before.length);
    return new DriftFinding(
        before.length,
        Rubric.VERSION,
        fall(mean(before, all), mean(now, all)),
        atLeast,
        threshold,
        atLeast > threshold,
        measures(baseline, today),
        distance(baseline, today),
        embedder.name());
  }

  private static List<Measure> measures(List<Transcript> baseline, List<Transcript> today) {
    List<Measure> measures = new ArrayList<>();
    measures.add(measure("rubric", "Mean of the rules below.", Rubric::score, baseline, today));
    Rubric.sentences()
        .forEach(
            (rule, sentence) ->
                measures.add(
                    measure(
                        rule,
                        sentence,
                        answer -> of(rule, Rubric.scores(answer)),
                        baseline,
                        today)));
    measures.add(
        measure("words", "Words in an answer.", text -> Words.of(text).size(), baseline, today));
    return measures;
  }

  private static double of(String rule, Map<String, Double> scores) {
    return scores.getOrDefault(rule, 0.0);
  }

  private static Measure measure(
      String name,
      String meaning,
      ToDoubleFunction<String> score,
      List<Transcript> baseline,
      List<Transcript> today) {
    return new Measure(
        name, meaning, interval(values(baseline, score)), interval(values(today, score)));
  }

  private Score distance(List<Transcript> baseline, List<Transcript> today) {
    List<float[]> before = vectors(baseline);
    List<float[]> now = vectors(today);
    double[] distances = new double[baseline.size()];
    Arrays.setAll(
        distances,
        i ->
            baseline.get(i).answer().equals(today.get(i).answer())
                ? 0
                : 1 - Vectors.cosine(before.get(i), now.get(i)));
    return interval(distances);
  }

  private List<float[]> vectors(List<Transcript> transcripts) {
    return embedder.embed(transcripts.stream().map(Transcript::answer).toList());
  }

  private static Score interval(double[] values) {
    return Bootstrap.score(values.length, rows -> mean(values, rows));
  }

  private static double[] values(List<Transcript> transcripts, ToDoubleFunction<String> score) {
    return transcripts.stream().mapToDouble(one -> score.applyAsDouble(one.answer())).toArray();
  }

  private static double mean(double[] values, int[] rows) {
    double sum = 0;
    for (int row : rows) {
      sum += values[row];
    }
    return sum / rows.length;
  }

  private static int[] rows(int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, i -> i);
    return rows;
  }

  /** Nothing can fall from nothing. */
  private static double fall(double before, double now) {
    return before == 0 ? 0 : (before - now) / before;
  }
}
