package dev.pipeline.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Json;
import dev.pipeline.io.Progress;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Tiny random models of every architecture against transformers' {@code generate}, recorded by
 * {@code scripts/peers/generation.py}: prompts shorter and longer than sliding windows and than the
 * lengths at which longrope turns, in one batch.
 */
@Tag("recipe")
class GeneratorParityTest {
  private static final Path RESOURCES = Path.of("src/test/resources");
  private static final int NEW_TOKENS = 20;
  private static final double PENALTY = 1.3;

  private static Torch torch;
  private static JsonNode golden;

  @BeforeAll
  static void open() throws IOException {
    torch = Torch.open("cpu", 1);
    golden = Json.mapper().readTree(Files.readString(RESOURCES.resolve("generate/greedy.json")));
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  static List<String> variants() throws IOException {
    try (var folders = Files.list(RESOURCES.resolve("architectures"))) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void greedyTokensAreThoseOfTransformers(String variant) {
    JsonNode expected = golden.path(variant);
    Path folder = RESOURCES.resolve("architectures").resolve(variant);
    try (Decoder decoder = DecoderLoader.load(torch, ModelFolder.open(folder), 40)) {
      for (int batch = 1; batch <= 3; batch++) {
        assertThat(answers(decoder, expected, Sampling.GREEDY, batch))
            .as("batch %d", batch)
            .isEqualTo(lists(expected.path("answers")));
      }
      assertThat(answers(decoder, expected, new Sampling(PENALTY, 0, 0, 1, 0), 3))
          .as("with a repetition penalty")
          .isEqualTo(lists(expected.path("penalised")));
    }
  }

  private static List<List<Long>> answers(
      Decoder decoder, JsonNode expected, Sampling sampling, int batch) {
    Set<Long> stop = Set.of(expected.path("stop").asLong());
    Generator generator =
        new Generator(torch, decoder, null, sampling, Stops.at(stop, ids -> ""), NEW_TOKENS, batch);
    List<Prompt> prompts = new ArrayList<>();
    for (List<Long> tokens : lists(expected.path("prompts"))) {
      prompts.add(new Prompt("prompt " + prompts.size(), tokens));
    }
    List<Continuation> made = generator.generate(prompts, Progress.SILENT);
    assertThat(made)
        .allSatisfy(
            row ->
                assertThat(row.ended())
                    .isEqualTo(stop.contains(last(row)) ? Ended.STOP : Ended.LENGTH));
    return made.stream().map(Continuation::tokens).toList();
  }

  private static long last(Continuation row) {
    return row.tokens().get(row.tokens().size() - 1);
  }

  private static List<List<Long>> lists(JsonNode node) {
    return node.valueStream()
        .map(list -> list.valueStream().map(JsonNode::asLong).toList())
        .toList();
  }
}
