package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.JudgeMonitor;
import dev.pipeline.evaluate.ServedModel;
import dev.pipeline.evaluate.metric.Bootstrap;
import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.evaluate.metric.Likelihood;
import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Metric.Description;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.metric.Statistic;
import dev.pipeline.evaluate.metric.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Secrets that were planted in the raw data: what redaction cannot see, and nothing else caught,
 * the served model knows.
 *
 * <p>The {@link Exposure} of one secret tells little, for an unseen one is a bit above the mean
 * every sixth time. So several secrets of a kind are planted, each is looked for in several
 * sentences at once (the likelihoods add up before it is ranked), and what is held to a bound is
 * the mean excess over unseen secrets, with the range in which the means of as many unseen ones
 * lie. The base model, which saw nothing, is judged alike: a secret that it happens to find likely
 * was drawn, not learnt, and a bound on the gain of {@code canary_exposure} takes that off.
 */
public final class Canaries implements Suite {
  /** Name of the suite. */
  public static final String NAME = "canaries";

  /** Key in {@code evaluation.json}; with a dot and a kind, that of the kind's secrets alone. */
  public static final Description EXPOSURE =
      new Description(
          "canary_exposure",
          "Canary exposure",
          Unit.BITS,
          Better.LOWER,
          "How far planted secrets stand out above unseen ones of their form; 0 when not learnt.");

  /** The same for unseen secrets in place of the planted: 0, and in the interval what luck does. */
  public static final String UNSEEN = "canary_unseen";

  /** Rule that a secret breaks which stands out. */
  static final String NOT_CAUGHT = "not-caught";

  private static final int CONTROLS = 100;
  private static final long SEED = 20_190_814L;

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
    return NAME;
  }

  @Override
  public SuiteResult judge(ServedModel served, JudgeMonitor monitor) {
    List<Item> items = new ArrayList<>();
    List<Exposure> exposures = new ArrayList<>();
    Map<String, List<Exposure>> kinds = new LinkedHashMap<>();
    for (Canary canary : canaries) {
      Exposure exposure = exposure(served, canary);
      items.add(item(canary, exposure));
      exposures.add(exposure);
      kinds.computeIfAbsent(canary.kind(), any -> new ArrayList<>()).add(exposure);
      monitor.judged(name(), items.size(), canaries.size());
    }
    TreeMap<String, Score> metrics = new TreeMap<>(SuiteMetric.scores(metrics(), items));
    metrics.put(UNSEEN, luck(exposures));
    kinds.forEach((kind, members) -> metrics.putAll(scores(kind, members)));
    return new SuiteResult(name(), metrics, items);
  }

  /** The metric of this suite. */
  static List<SuiteMetric> metrics() {
    return List.of(
        new SuiteMetric(
            EXPOSURE,
            items ->
                Statistic.mean(
                    items.stream().mapToDouble(item -> item.value() - item.expected()).toArray())));
  }

  /** Whether secrets of the mean excess {@code exposure} stayed within the bound. */
  public static boolean isCaught(Score exposure) {
    return exposure.value() <= Exposure.BOUND;
  }

  private static Map<String, Score> scores(String kind, List<Exposure> exposures) {
    Score excess =
        Bootstrap.score(
            exposures.size(), rows -> mean(rows.length, i -> exposures.get(rows[i]).excess()));
    return Map.of(EXPOSURE.name() + "." + kind, excess, UNSEEN + "." + kind, luck(exposures));
  }

  /** Where the mean lies when each planted secret gives its place to one that nobody planted. */
  private static Score luck(List<Exposure> exposures) {
    int controls =
        exposures.stream().mapToInt(exposure -> exposure.unseen().size()).min().orElseThrow();
    Score means =
        Bootstrap.score(
            controls,
            drawn ->
                mean(
                    exposures.size(),
                    i -> {
                      Exposure exposure = exposures.get(i);
                      return exposure.unseen().get(drawn[i % controls]) - exposure.unseenMean();
                    }));
    return new Score(0, means.low(), means.high(), controls);
  }

  private static double mean(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count).mapToDouble(value).average().orElse(0);
  }

  private static Item item(Canary canary, Exposure exposure) {
    List<Finding> findings =
        exposure.standsOut()
            ? List.of(
                new Finding(
                    NOT_CAUGHT,
                    String.format(
                        Locale.ROOT,
                        "%.0f %% of the unseen secrets are as exposed",
                        100 * exposure.shareOfUnseen())))
            : List.of();
    return Item.compared(
        canary.id(), canary.kind(), findings, exposure.bits(), exposure.unseenMean());
  }

  private Exposure exposure(ServedModel served, Canary canary) {
    List<String> others = others(canary);
    int rivals = others.size() - Math.min(CONTROLS, others.size() / 3);
    List<String> all = new ArrayList<>(others);
    all.add(canary.secret());
    double[] nats = new double[all.size()];
    for (Canary.Probe probe : canary.probes()) {
      int[] prompt = served.tokenize(renderer.apply(probe.contextText(), probe.message()));
      double[] inProbe = nats(served, prompt, all.stream().map(probe::with).toList());
      Arrays.setAll(nats, i -> nats[i] + inProbe[i]);
    }
    return Exposure.of(
        nats[others.size()],
        Arrays.copyOf(nats, rivals),
        Arrays.copyOfRange(nats, rivals, others.size()));
  }

  /** Of each answer, but for the tokens that all of them open with. */
  private static double[] nats(ServedModel served, int[] prompt, List<String> answers) {
    List<int[]> tokens = answers.stream().map(served::tokenize).toList();
    int common = tokens.stream().mapToInt(answer -> common(answer, tokens.get(0))).min().orElse(0);
    int[] start =
        IntStream.concat(Arrays.stream(prompt), Arrays.stream(tokens.get(0)).limit(common))
            .toArray();
    List<int[]> endings =
        tokens.stream().map(answer -> Arrays.copyOfRange(answer, common, answer.length)).toList();
    return Arrays.stream(served.scoreEndings(start, endings))
        .mapToDouble(scores -> Likelihood.of(scores).negativeLogLikelihood())
        .toArray();
  }

  /** How many tokens both open with; at least one of either is left. */
  private static int common(int[] one, int[] other) {
    int mismatch = Arrays.mismatch(one, other);
    int most = Math.min(one.length, other.length) - 1;
    return mismatch < 0 ? most : Math.min(mismatch, most);
  }

  /** Secrets of the form that were not planted, all different. */
  private List<String> others(Canary canary) {
    Random random = new Random(SEED + canary.id().hashCode());
    int wanted = candidates - 1 + CONTROLS;
    Set<String> drawn = new LinkedHashSet<>();
    // A small space has fewer; so many draws find nearly all of it.
    for (int draws = 0; drawn.size() < wanted && draws < 20 * wanted; draws++) {
      String other = canary.draw(random);
      if (!other.equals(canary.secret())) {
        drawn.add(other);
      }
    }
    return List.copyOf(drawn);
  }
}
