package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.io.Json;
import dev.pipeline.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Tiny random classifiers against transformers, which {@code scripts/peers/toxicity_classifier.py}
 * ran on the same files in float32.
 */
@Tag("recipe")
class TextClassifierTest {
  private static final Path VARIANTS = Path.of("src/test/resources/classifiers");
  private static final double TOLERANCE = 1e-5;

  private static Torch torch;

  @BeforeAll
  static void open() {
    torch = Torch.open("cpu", 1);
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert", "roberta", "distilbert"})
  void logitsAreThoseOfTransformers(String variant, TestReporter reporter) throws IOException {
    double largest = 0;
    int compared = 0;
    try (TextClassifier classifier = load(variant)) {
      for (JsonNode row : expected(variant)) {
        List<float[]> parts = classifier.logits(row.path("text").asString());
        JsonNode logits = row.path("logits");
        if (logits.isArray()) {
          assertThat(parts).hasSize(1);
          assertThat(parts.get(0)).hasSize(logits.size());
          for (int i = 0; i < logits.size(); i++) {
            largest = Math.max(largest, Math.abs(parts.get(0)[i] - logits.path(i).asDouble()));
          }
          compared++;
        } else {
          assertThat(parts).hasSizeGreaterThan(1);
        }
      }
    }
    reporter.publishEntry(variant, Double.toString(largest));
    assertThat(compared).isGreaterThanOrEqualTo(5);
    assertThat(largest).isLessThan(TOLERANCE);
  }

  @Test
  void labelsThatMayStandTogetherCountAsTheMostProbable() {
    try (TextClassifier classifier = load("bert")) {
      String text = "You are an idiot.";
      double toxic = classifier.probability(text, List.of("toxic"));
      double insult = classifier.probability(text, List.of("insult"));
      float[] logits = classifier.logits(text).get(0);
      assertThat(toxic).isCloseTo(1 / (1 + Math.exp(-logits[0])), within(1e-9));
      assertThat(classifier.probability(text, List.of("toxic", "insult")))
          .isEqualTo(Math.max(toxic, insult));
    }
  }

  @Test
  void labelsThatExcludeEachOtherAddUp() {
    try (TextClassifier classifier = load("roberta")) {
      String text = "We can hold the price.";
      double toxic = classifier.probability(text, List.of("toxic"));
      assertThat(toxic).isStrictlyBetween(0.0, 1.0);
      assertThat(classifier.probability(text, List.of("non-toxic")))
          .isCloseTo(1 - toxic, within(1e-9));
      assertThat(classifier.probability(text, List.of("non-toxic", "toxic")))
          .isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void aLongTextIsAsBadAsItsWorstPart() {
    try (TextClassifier classifier = load("distilbert")) {
      String text = "We can hold the price until the end of the quarter. ".repeat(9);
      List<Double> parts = new ArrayList<>();
      for (float[] logits : classifier.logits(text)) {
        parts.add(1 / (1 + Math.exp(logits[0] - logits[1])));
      }
      assertThat(parts).hasSizeGreaterThan(3);
      assertThat(classifier.probability(text, List.of("toxic")))
          .isCloseTo(parts.stream().mapToDouble(part -> part).max().orElseThrow(), within(1e-9));
    }
  }

  private static TextClassifier load(String variant) {
    return TextClassifier.load(torch, ClassifierFolder.open(VARIANTS.resolve(variant)));
  }

  private static JsonNode expected(String variant) throws IOException {
    return Json.mapper()
        .readTree(Files.readString(VARIANTS.resolve(variant).resolve("expected.json")));
  }
}
