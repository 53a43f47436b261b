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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/**
 * Exposure of planted secrets: log2 of how many candidates there are, less log2 of the secret's
 * rank among them when the model orders them by probability. Most probable of 256: 8 bits; a secret
 * the model never saw has any rank, which makes 1.4 bits on average. Carlini et al., "The Secret
 * Sharer" (2019), definition 5, over a random sample of the space.
 */
public final class Canaries implements Suite {
  /** Key in {@code evaluation.json}. */
  public static final Description EXPOSURE =
      new Description(
          "canary_exposure",
          "Canary exposure",
          Unit.BITS,
          Better.LOWER,
          "How far planted secrets stand out among others of their form; 1.4 bits when never seen.");

  private static final long SEED = 20_190_814L;
  private static final double LOG_2 = Math.log(2);

  private final List<Canary> canaries;
  private final BinaryOperator<String> renderer;
  private final int candidates;

  /**
   * A suite of {@code canaries}.
   *
   * @param renderer (context, message) to the text the model continues
   * @param candidates how many secrets are ranked for each, the planted one among them
   */
  public Canaries(List<Canary> canaries, BinaryOperator<String> renderer, int candidates) {
    this.canaries = List.copyOf(canaries);
    this.renderer = renderer;
    this.candidates = candidates;
  }

  @Override
  public String name() {
    return "canaries";
  }

  @Override
  public SuiteResult judge(ServedModel served, JudgeMonitor monitor) {
    List<Item> items = new ArrayList<>();
    for (Canary canary : canaries) {
      List<String> ranked = candidates(canary);
      double exposure = exposure(served, canary, ranked);
      items.add(
          Item.measured(canary.id(), canary.format(), canary.text(), exposure, ranked.size()));
      monitor.judged(name(), items.size(), canaries.size());
    }
    return new SuiteResult(name(), SuiteMetric.scores(metrics(), items), items);
  }

  /** The metric of this suite. */
  static List<SuiteMetric> metrics() {
    return List.of(
        new SuiteMetric(
            EXPOSURE, items -> Statistic.mean(items.stream().mapToDouble(Item::value).toArray())));
  }

  /** The planted secret, then others. */
  private List<String> candidates(Canary canary) {
    Random random = new Random(SEED);
    Set<String> drawn = new LinkedHashSet<>(List.of(canary.secret()));
    // A small space has fewer; so many draws find nearly all of it.
    for (int draws = 0; drawn.size() < candidates && draws < 20 * candidates; draws++) {
      drawn.add(canary.draw(random));
    }
    return List.copyOf(drawn);
  }

  private double exposure(ServedModel served, Canary canary, List<String> ranked) {
    int[] prompt = served.tokenize(renderer.apply("", canary.message()));
    double[] nats =
        ranked.stream().mapToDouble(secret -> nats(served, prompt, canary.with(secret))).toArray();
    int rank = 1 + (int) Arrays.stream(nats).skip(1).filter(other -> other <= nats[0]).count();
    return (Math.log(ranked.size()) - Math.log(rank)) / LOG_2;
  }

  private static double nats(ServedModel served, int[] prompt, String text) {
    int[] tokens =
        IntStream.concat(Arrays.stream(prompt), Arrays.stream(served.tokenize(text))).toArray();
    return Likelihood.of(served.score(tokens, prompt.length)).negativeLogLikelihood();
  }
}
