package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The runs of SFT, preferences and DPO as they leave their manifests: DPO read all three. */
class LineageInputsTest {
  private static final String BASE = "ba".repeat(32);
  private static final String ADAPTER = "5f".repeat(32);
  private static final String TUNED = "d0".repeat(32);
  private static final String PAIRS = "9a".repeat(32);
  private static final String DIGEST = "e1".repeat(32);
  private static final String SFT = "00000000000000a1";
  private static final String PREFERENCES = "00000000000000b2";
  private static final String DPO = "00000000000000c3";
  private static final String SETTINGS = "{\"base_model\":\"some/base\"}";

  @TempDir Path folder;

  @BeforeEach
  void threeRuns() throws IOException {
    Files.writeString(
        folder.resolve("all.yaml"),
        "model:\n  model_name: m\n  output_dir: %s\n  dataset_dir: %s\n"
            .formatted(folder.resolve("artifacts"), folder.resolve("datasets")));
    Path pairs = folder.resolve("datasets/preferences/negotiation/" + PAIRS);
    run(
        SFT,
        "sft",
        Map.of("input base", BASE, "settings SftConfig", SETTINGS),
        Map.of("adapter", output(folder.resolve("artifacts/m/sft"), ADAPTER)));
    run(
        PREFERENCES,
        "preferences",
        Map.of("output sft adapter", ADAPTER),
        Map.of("dataset", output(pairs, DIGEST)));
    run(
        DPO,
        "dpo",
        Map.of(
            "input base",
            BASE,
            "output sft adapter",
            ADAPTER,
            "output preferences dataset",
            DIGEST,
            "settings DpoConfig",
            SETTINGS),
        Map.of("adapter", output(folder.resolve("artifacts/m/dpo"), TUNED)));
  }

  @Test
  void everyInputThatAManifestRecordsIsToldHoweverManyLongerWaysThereAre() {
    assertThat(edges("run:" + DPO))
        .contains(
            "adapter:" + ADAPTER + " > run:" + DPO,
            "base:" + BASE + " > run:" + DPO,
            "dataset:" + PAIRS + " > run:" + DPO,
            "adapter:" + ADAPTER + " > run:" + PREFERENCES,
            "base:" + BASE + " > run:" + SFT);
  }

  @Test
  void whatWasMadeWithThingsOnBothSidesOfTheSubjectSaysSo() {
    assertThat(edges("adapter:" + ADAPTER))
        .contains("base:" + BASE + " > run:" + DPO)
        .doesNotHaveDuplicates();
    assertThat(lineage("adapter:" + ADAPTER).out())
        .contains("run       dpo " + DPO + "  (and of base some/base)");
  }

  @Test
  void inWordsTheLongestWayComesFirstAndTheOthersPointToIt() {
    assertThat(lineage("run:" + DPO).out())
        .isEqualTo(
            """
            run       dpo 00000000000000c3
            came of
              dataset   9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a9a
                run       preferences 00000000000000b2
                  adapter   sft  5f5f5f5f5f5f
                    run       sft 00000000000000a1
                      base      some/base  babababababa
              adapter   sft  5f5f5f5f5f5f  (see above)
              base      some/base  babababababa
            led to
              adapter   dpo  d0d0d0d0d0d0
            """);
  }

  private List<String> edges(String subject) {
    List<String> edges = new ArrayList<>();
    Typed walked = lineage(subject, "--json");
    assertThat(walked.status()).as(walked.err()).isZero();
    for (JsonNode edge : Json.mapper().readTree(walked.out()).path("edges")) {
      edges.add(edge.path("part").asString("") + " > " + edge.path("whole").asString(""));
    }
    return edges;
  }

  private Typed lineage(String subject, String... options) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "lineage",
                subject,
                "--no-verify",
                "--config",
                folder.resolve("all.yaml").toString()));
    words.addAll(List.of(options));
    return Typed.run(words.toArray(String[]::new));
  }

  private void run(
      String name, String job, Map<String, String> ingredients, Map<String, Object> outputs)
      throws IOException {
    Path run = Files.createDirectories(folder.resolve("artifacts/m/runs/" + name));
    Files.writeString(run.resolve("run.json"), Json.pretty(ingredients));
    Files.writeString(
        run.resolve("manifest.json"),
        Json.pretty(
            Map.of(
                "job",
                job,
                "key",
                name + "0".repeat(48),
                "summary",
                "it ran",
                "outputs",
                outputs)));
  }

  private static Map<String, String> output(Path path, String sha256) {
    return Map.of("path", path.toString(), "sha256", sha256);
  }
}
