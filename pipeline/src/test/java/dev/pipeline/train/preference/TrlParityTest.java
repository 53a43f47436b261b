package dev.pipeline.train.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every loss beside TRL's on the same logits: value, gradient with respect to the logits, and
 * metrics. The numbers come from {@code scripts/peers/preference_losses.py}.
 */
class TrlParityTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/preference_losses.json");

  /** Of the largest number of its kind. */
  private static final double TOLERANCE = 1e-6;

  private static JsonNode golden() throws IOException {
    return Json.mapper().readTree(Files.readString(GOLDEN));
  }

  static List<String> losses() throws IOException {
    return golden().path("losses").propertyNames().stream().toList();
  }

  @ParameterizedTest
  @MethodSource("losses")
  void valuesGradientsAndMetricsAreThoseOfTrl(String name) throws IOException {
    JsonNode golden = golden();
    JsonNode expected = golden.path("losses").path(name);
    PreferenceLoss loss = loss(name, expected.path("settings"));
    for (int i = 0; i < golden.path("pairs").size(); i++) {
      Logits logits = Logits.of(golden.path("pairs").path(i));
      PairLoss found = loss.of(logits.pair());
      JsonNode result = expected.path("pairs").path(i);
      assertClose(found.value(), result.path("value").asDouble(), "value");
      assertGradient(logits, 0, found.chosen().gradient(), result.path("gradient").path(0));
      assertGradient(logits, 1, found.rejected().gradient(), result.path("gradient").path(1));
      JsonNode metrics = result.path("metrics");
      metrics(found)
          .forEach((metric, value) -> assertClose(value, metrics.path(metric).asDouble(), metric));
      // A difference of two numbers, each of which TRL may have in float32 alone.
      double size = Math.abs(found.chosen().reward()) + Math.abs(found.rejected().reward());
      assertThat(found.margin())
          .isCloseTo(metrics.path("rewards/margins").asDouble(), offset(TOLERANCE * size));
    }
  }

  private static PreferenceLoss loss(String name, JsonNode settings) {
    double beta = settings.path("beta").asDouble();
    LengthPenalty none = LengthPenalty.NONE;
    return switch (name) {
      case "dpo", "dpo_steep" -> new DpoLoss(beta, 0, none);
      case "cdpo" -> new DpoLoss(beta, settings.path("label_smoothing").asDouble(), none);
      case "sigmoid_norm" -> new NormalisedDpoLoss(beta, none);
      case "ipo" -> new IpoLoss(beta, none);
      case "ld_dpo" -> new LdDpoLoss(beta, settings.path("ld_alpha").asDouble(), none);
      case "rpo" -> new RpoLoss(new DpoLoss(beta, 0, none), settings.path("rpo_alpha").asDouble());
      case "orpo" -> new OrpoLoss(beta, none);
      case "simpo" -> new SimpoLoss(beta, settings.path("simpo_gamma").asDouble(), none);
      default -> throw new AssertionError(name);
    };
  }

  private static Map<String, Double> metrics(PairLoss found) {
    return Map.of(
        "rewards/chosen", found.chosen().reward(),
        "rewards/rejected", found.rejected().reward(),
        "rewards/accuracies", found.margin() > 0 ? 1.0 : 0.0,
        "logps/chosen", found.chosen().logProb(),
        "logps/rejected", found.rejected().logProb());
  }

  private static void assertGradient(
      Logits logits, int answer, double[] byLogProb, JsonNode expected) {
    assertThat(byLogProb).hasSize(expected.size());
    double largest =
        expected
            .valueStream()
            .flatMap(JsonNode::valueStream)
            .mapToDouble(number -> Math.abs(number.asDouble()))
            .max()
            .orElseThrow();
    for (int token = 0; token < byLogProb.length; token++) {
      double[] probabilities = logits.probabilities(answer, token);
      for (int word = 0; word < probabilities.length; word++) {
        double isIt = word == logits.ids()[answer][token] ? 1 : 0;
        assertThat(byLogProb[token] * (isIt - probabilities[word]))
            .as("logit %d of token %d of answer %d", word, token, answer)
            .isCloseTo(expected.path(token).path(word).asDouble(), offset(TOLERANCE * largest));
      }
    }
  }

  private static void assertClose(double found, double expected, String what) {
    assertThat(found).as(what).isCloseTo(expected, offset(TOLERANCE * Math.abs(expected)));
  }

  /**
   * A pair of answers.
   *
   * @param ids {@code [2][tokens]}: chosen, rejected
   * @param policy logits that predict them, {@code [2][tokens][words]}
   * @param reference the same of the reference
   */
  private record Logits(int[][] ids, double[][][] policy, double[][][] reference) {
    static Logits of(JsonNode pair) {
      return new Logits(
          pair.path("ids")
              .valueStream()
              .map(row -> row.valueStream().mapToInt(JsonNode::asInt).toArray())
              .toArray(int[][]::new),
          numbers(pair.path("policy")),
          numbers(pair.path("reference")));
    }

    private static double[][][] numbers(JsonNode answers) {
      return answers
          .valueStream()
          .map(
              rows ->
                  rows.valueStream()
                      .map(row -> row.valueStream().mapToDouble(JsonNode::asDouble).toArray())
                      .toArray(double[][]::new))
          .toArray(double[][][]::new);
    }

    PairLogProbs pair() {
      return new PairLogProbs(answer(0), answer(1));
    }

    private AnswerLogProbs answer(int answer) {
      return new AnswerLogProbs(
          logProbs(policy[answer], ids[answer]), logProbs(reference[answer], ids[answer]));
    }

    private static double[] logProbs(double[][] logits, int[] ids) {
      double[] found = new double[ids.length];
      Arrays.setAll(found, token -> Math.log(softmax(logits[token])[ids[token]]));
      return found;
    }

    double[] probabilities(int answer, int token) {
      return softmax(policy[answer][token]);
    }

    private static double[] softmax(double[] logits) {
      double sum = Arrays.stream(logits).map(Math::exp).sum();
      return Arrays.stream(logits).map(logit -> Math.exp(logit) / sum).toArray();
    }
  }
}
