package dev.pipeline.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Scores that transformers' processors leave, recorded by scripts/peers/generation.py. */
class ScoreFiltersTest {
  private static final Path GOLDEN = Path.of("src/test/resources/generate/filters.json");

  static Stream<JsonNode> cases() throws IOException {
    return golden().path("cases").valueStream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void scoresAreThoseOfTransformers(JsonNode golden) throws IOException {
    Sampling sampling =
        new Sampling(
            golden.path("repetition_penalty").asDouble(),
            golden.path("temperature").asDouble(),
            golden.path("top_k").asInt(),
            golden.path("top_p").asDouble(),
            1);
    JsonNode logits = golden().path("logits");
    for (int row = 0; row < logits.size(); row++) {
      List<Long> seen = new ArrayList<>();
      golden().path("seen").get(row).forEach(token -> seen.add(token.asLong()));
      float[] actual =
          new Sampler(sampling, new Prompt("row", seen)).filtered(floats(logits.get(row)));
      float[] expected = floats(golden.path("scores").get(row));
      assertThat(actual).hasSameSizeAs(expected);
      for (int token = 0; token < expected.length; token++) {
        if (Float.isInfinite(expected[token])) {
          assertThat(actual[token]).as("row %d token %d", row, token).isEqualTo(expected[token]);
        } else {
          assertThat(actual[token]).isCloseTo(expected[token], within(1e-5f));
        }
      }
    }
  }

  @Test
  void ofEqualScoresTopPKeepsAtLeastOne() {
    float[] scores = {2, 2, 2, 2};
    ScoreFilters.topP(scores, 0);
    assertThat(scores).containsOnlyOnce(2).contains(Float.NEGATIVE_INFINITY);
  }

  @Test
  void probabilitiesAreASoftmaxEvenOfLargeScores() {
    assertThat(ScoreFilters.probabilities(new float[] {1000, 1000, Float.NEGATIVE_INFINITY}))
        .containsExactly(0.5, 0.5, 0);
  }

  private static float[] floats(JsonNode list) {
    float[] values = new float[list.size()];
    for (int i = 0; i < values.length; i++) {
      JsonNode value = list.get(i);
      values[i] = value.isNull() ? Float.NEGATIVE_INFINITY : (float) value.asDouble();
    }
    return values;
  }

  private static JsonNode golden() throws IOException {
    return Json.mapper().readTree(Files.readString(GOLDEN));
  }
}
