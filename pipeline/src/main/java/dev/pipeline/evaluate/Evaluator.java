package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Likelihood;
import dev.pipeline.evaluate.metric.Metric;
import dev.pipeline.evaluate.metric.Sample;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Asks a served model every hold-out row and measures its answers. */
public final class Evaluator {
  private final Inspections inspections;
  private final List<Metric> metrics;
  private final Sampling sampling;

  /** An evaluator; the same one must judge both models of a comparison. */
  public Evaluator(Inspections inspections, List<Metric> metrics, Sampling sampling) {
    this.inspections = inspections;
    this.metrics = List.copyOf(metrics);
    this.sampling = sampling;
  }

  /** Judges {@code served} on {@code rows}. */
  public Judgement judge(
      ModelIdentity model, ServedModel served, List<HoldoutRow> rows, JudgeMonitor monitor) {
    if (rows.isEmpty()) {
      throw Failure.refused(
          "the hold-out is empty, so there is nothing to judge " + model.name() + " on",
          "curate more rows or raise the validation share");
    }
    List<JudgedRow> judged = new ArrayList<>();
    for (HoldoutRow row : rows) {
      judged.add(judge(served, row, sampling.forRow(judged.size())));
      monitor.judged(model.name(), judged.size(), rows.size());
    }
    Judgement unmeasured = new Judgement(model, rows, new TreeMap<>(), judged, List.of());
    return new Judgement(model, rows, measure(unmeasured.samples(rows)), judged, List.of());
  }

  /** Puts the judgements of {@code rows} side by side; see {@link Evaluation}. */
  public Evaluation compare(
      List<HoldoutRow> rows, Judgement base, Optional<Judgement> start, Judgement tuned) {
    return new Evaluation(sampling, rows, base, start, tuned);
  }

  private JudgedRow judge(ServedModel served, HoldoutRow row, Sampling drawn) {
    var answer = served.generate(row.prompt(), drawn);
    var likelihood = likelihood(served, row);
    String given = row.context() + "\n" + row.instruction();
    return new JudgedRow(answer, likelihood, inspections.inspect(given, answer.text()));
  }

  private static Likelihood likelihood(ServedModel served, HoldoutRow row) {
    // Apart, so that no token straddles the border; training cuts at the same place.
    int[] prompt = served.tokenize(row.prompt());
    int[] completion = served.tokenize(row.completion());
    int[] tokens = IntStream.concat(Arrays.stream(prompt), Arrays.stream(completion)).toArray();
    Likelihood likelihood = Likelihood.of(served.score(tokens, prompt.length));
    if (!Double.isFinite(likelihood.negativeLogLikelihood())) {
      throw Failure.refused(
          "row " + row.id() + ": the model's log-probabilities are not numbers",
          "its weights are damaged; package the model again");
    }
    return likelihood;
  }

  private SortedMap<String, Score> measure(List<Sample> samples) {
    SortedMap<String, Score> scores = new TreeMap<>();
    for (Metric metric : metrics) {
      metric.score(samples).ifPresent(score -> scores.put(metric.description().name(), score));
    }
    return scores;
  }
}
