package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.JudgeMonitor;
import dev.pipeline.evaluate.ServedModel;
import dev.pipeline.evaluate.metric.Likelihood;
import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Metric.Description;
import dev.pipeline.evaluate.metric.Statistic;
import dev.pipeline.evaluate.metric.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Forgetting: how well the model still predicts short texts about nothing in particular. A base of
 * perplexity 40 whose tuned model has 60 forgot; the gate bounds it with {@code gain_share: -0.5}.
 */
public final class GeneralKnowledge implements Suite {
  /** Key in {@code evaluation.json}. */
  public static final Description PERPLEXITY =
      new Description(
          "general_perplexity",
          "Perplexity of general texts",
          Unit.NUMBER,
          Better.LOWER,
          "How well the model still predicts texts it was not tuned on; a rise is forgetting.");

  private final List<GeneralText> texts;
  private final int most;

  /** A suite of the first {@code most} of {@code texts}, 0 for all. */
  public GeneralKnowledge(List<GeneralText> texts, int most) {
    this.texts = texts.subList(0, most == 0 ? texts.size() : Math.min(most, texts.size()));
    this.most = this.texts.size();
  }

  @Override
  public String name() {
    return "general";
  }

  @Override
  public SuiteResult judge(ServedModel served, JudgeMonitor monitor) {
    List<Item> items = new ArrayList<>();
    for (GeneralText text : texts) {
      int[] tokens = served.tokenize(text.text());
      Likelihood likelihood = Likelihood.of(served.score(tokens, 1));
      items.add(
          Item.measured(
              text.id(),
              text.topic(),
              text.text(),
              likelihood.negativeLogLikelihood(),
              likelihood.tokens()));
      monitor.judged(name(), items.size(), most);
    }
    return new SuiteResult(name(), SuiteMetric.scores(metrics(), items), items);
  }

  /** The metric of this suite. */
  static List<SuiteMetric> metrics() {
    return List.of(new SuiteMetric(PERPLEXITY, GeneralKnowledge::perplexity));
  }

  private static Statistic perplexity(List<Item> items) {
    return Statistic.of(
        items.size(),
        rows ->
            Math.exp(
                Arrays.stream(rows).mapToDouble(row -> items.get(row).value()).sum()
                    / Arrays.stream(rows).mapToDouble(row -> items.get(row).weight()).sum()));
  }
}
