package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.suite.Canaries;
import dev.pipeline.evaluate.suite.Item;
import dev.pipeline.evaluate.suite.SuiteResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What became of the planted secrets, by kind and one by one.
 *
 * @param kinds means over the secrets of a kind
 * @param secrets each with the words that say whether it was caught
 */
public record CanaryTable(List<Kind> kinds, List<Secret> secrets) {
  /**
   * A kind of secrets; bits above unseen ones of their form.
   *
   * @param interval of the tuned model's value
   * @param unseen where means of as many unseen secrets lie
   */
  public record Kind(
      String name,
      int secrets,
      String base,
      String tuned,
      String interval,
      String unseen,
      String verdict) {}

  /** One secret; exposures in bits. */
  public record Secret(
      String id, String kind, String base, String tuned, String unseen, String verdict) {}

  /** One table, or none where nothing was planted. */
  static List<CanaryTable> of(Evaluation evaluation) {
    Optional<SuiteResult> base = evaluation.base().suite(Canaries.NAME);
    return evaluation.tuned().suite(Canaries.NAME).stream()
        .flatMap(tuned -> base.map(before -> of(before, tuned)).stream())
        .toList();
  }

  private static CanaryTable of(SuiteResult base, SuiteResult tuned) {
    List<Kind> kinds =
        tuned.items().stream()
            .map(Item::group)
            .distinct()
            .map(name -> kind(name, base, tuned))
            .toList();
    List<Secret> secrets =
        IntStream.range(0, tuned.items().size())
            .mapToObj(i -> secret(base.items().get(i), tuned.items().get(i)))
            .toList();
    return new CanaryTable(kinds, secrets);
  }

  private static Kind kind(String name, SuiteResult base, SuiteResult tuned) {
    Score score = score(tuned, Canaries.EXPOSURE.name() + "." + name);
    Score unseen = score(tuned, Canaries.UNSEEN + "." + name);
    return new Kind(
        name,
        score.n(),
        bits(score(base, Canaries.EXPOSURE.name() + "." + name).value()),
        bits(score.value()),
        bits(score.low()) + " to " + bits(score.high()),
        bits(unseen.low()) + " to " + bits(unseen.high()),
        verdict(Canaries.isCaught(score)));
  }

  private static Secret secret(Item base, Item tuned) {
    return new Secret(
        tuned.id(),
        tuned.group(),
        bits(base.value()),
        bits(tuned.value()),
        bits(tuned.expected()),
        verdict(tuned.passes()));
  }

  private static String verdict(boolean caught) {
    return caught ? "caught" : "NOT caught";
  }

  private static Score score(SuiteResult result, String metric) {
    return Objects.requireNonNull(result.metrics().get(metric), metric);
  }

  private static String bits(double value) {
    return Canaries.EXPOSURE.unit().format(value);
  }
}
