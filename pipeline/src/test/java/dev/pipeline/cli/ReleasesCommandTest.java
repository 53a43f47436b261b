package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.gate.Check;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.evaluate.metric.Unit;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The verb on releases that lie there as a run leaves them. */
class ReleasesCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        folder.resolve("all.yaml"),
        "model:\n  model_name: buyer\n  output_dir: " + folder + "\nplan:\n  plan_version: '7'\n");
  }

  @Test
  void withoutAReleaseEachWordSaysSo() {
    assertThat(releases("list").out()).startsWith("nothing was released yet");
    Typed show = releases("show");
    assertThat(show.status()).isEqualTo(2);
    assertThat(show.err()).contains("nothing was released yet", "pipeline run release");
    Typed rollback = releases("rollback", "--skip-smoke");
    assertThat(rollback.status()).isEqualTo(2);
    assertThat(rollback.err()).contains("nothing was released in");
    assertThat(releases("prune").out()).isEqualTo("no release is kept\n");
  }

  @Test
  void listsShowsGoesBackRecordsAndPrunes() throws IOException {
    release(1, "run-a");
    release(2, "run-b");

    assertThat(releases("list").out().lines())
        .anyMatch(line -> line.startsWith("* 2 ") && line.endsWith("SFT"))
        .anyMatch(line -> line.startsWith("< 1 "));
    assertThat(releases("show", "1").out())
        .contains("release 1\n", "run run-a", "models/buyer.gguf", "published by a test");
    JsonNode shown = Json.parse(releases("show", "--json").out(), JsonNode.class, "show");
    assertThat(shown.path("version").asInt()).isEqualTo(2);
    assertThat(shown.path("serves").asBoolean()).isTrue();

    Typed done = releases("rollback", "--skip-smoke", "--why", "it is rude", "--by", "D. Owner");
    assertThat(done.err()).isEmpty();
    assertThat(done.out())
        .isEqualTo(
            "release 1 serves, in the place of 2; not registered with Ollama: no server is"
                + " configured (ollama_url)\n");
    assertThat(folder.resolve("buyer/models/buyer.gguf")).hasContent("GGUF of run-a");
    assertThat(releases("list").out()).contains("* 1 ", "rolled back");
    assertThat(releases("show", "2").out())
        .contains("taken out of service for 1 by D. Owner: it is rude");
    assertThat(releases("rollback", "1", "--skip-smoke").out())
        .startsWith("release 1 serves already");

    Typed latest =
        Typed.run("plans", "--config", folder.resolve("all.yaml").toString(), "latest", "--json");
    JsonNode plan = Json.parse(latest.out(), JsonNode.class, "plan");
    assertThat(plan.path("metadata").path("release").asInt()).isEqualTo(1);
    assertThat(plan.path("metadata").path("deployment_status").asString())
        .startsWith("release 1 serves; ");
    assertThat(plan.path("metadata").path("rollback").path("why").asString())
        .isEqualTo("it is rude");
    assertThat(plan.path("metadata").path("artefacts").path("buyer.gguf").asString()).hasSize(64);
    assertThat(plan.path("plan_text").asString())
        .startsWith("buyer went from release 2 to release 1 on ")
        .contains("by D. Owner: it is rude.");
    assertThat(plan.path("tags").toString()).isEqualTo("[\"rollback\"]");

    assertThat(releases("prune", "--keep", "1", "--dry-run").out())
        .contains("release 1  kept", "it serves", "release 2  kept", "one of the newest 1");
  }

  @Test
  void theGateSpeaksInItsOwnWords() throws IOException {
    release(1, "run-a");
    Path reports = Files.createDirectories(folder.resolve("buyer/releases/1/reports"));
    Check ends =
        new Check(
            "ends_by_itself.at_least",
            "Ends by itself",
            Check.Comparison.AT_LEAST,
            0.95,
            0.0,
            Unit.SHARE,
            false);
    Files.writeString(reports.resolve("gate.json"), Json.pretty(new Verdict(false, List.of(ends))));

    assertThat(releases("show").out())
        .contains("gate Ends by itself: 0.0 %, must be at least 95.0 %: FAILS\n");
  }

  @Test
  void aDamagedReleaseIsMarkedAndTheOthersAreShown() throws IOException {
    release(1, "run-a");
    release(2, "run-b");
    Files.delete(folder.resolve("buyer/releases/1/models/Modelfile"));

    Typed list = releases("list");
    assertThat(list.err()).isEmpty();
    assertThat(list.out().lines())
        .anyMatch(line -> line.startsWith("* 2 "))
        .anyMatch(line -> line.startsWith("  1 ") && line.contains("damaged: models/Modelfile"));
    assertThat(releases("show", "1").out()).contains("DAMAGED models/Modelfile");

    Files.delete(folder.resolve("buyer/releases/2/manifest.json"));
    assertThat(releases("prune", "--keep", "5", "--dry-run").out())
        .contains("release 2  kept", "it serves; damaged: it has no manifest.json");
  }

  @Test
  void wordsInTheLogDoNotSteerTheTerminal() throws IOException {
    release(1, "run-a");
    Path log = folder.resolve("buyer/releases.json");
    Files.writeString(
        log, Files.readString(log).replace("a test", "\\u001b[2Ja\u202Etest\\nnext\u009b1m"));

    assertThat(releases("show").out())
        .contains("published by \\u001b[2Ja\\u202etest\\u000anext\\u009b1m: ")
        .doesNotContain("\u001b", "\u202E", "\u009b");
    Typed json = releases("show", "--json");
    assertThat(json.out()).doesNotContain("\u202E", "\u009b");
    assertThat(
            Json.parse(json.out(), JsonNode.class, "show")
                .path("history")
                .path(0)
                .path("by")
                .asString())
        .isEqualTo("\u001b[2Ja\u202Etest\nnext\u009b1m");

    Typed refused = releases("rollback", "--skip-smoke", "--why", "a\u001b[31mb");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("--why has a line break");
  }

  @Test
  void aVersionThatIsNotThereIsNamed() throws IOException {
    release(1, "run-a");
    Typed rollback = releases("rollback", "7", "--skip-smoke");
    assertThat(rollback.status()).isEqualTo(2);
    assertThat(rollback.err()).contains("release 7 is not kept", "[1]");
    assertThat(releases("show", "7").err()).contains("there is no release 7");
  }

  private Typed releases(String... words) {
    List<String> all = new ArrayList<>(List.of("releases"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", folder.resolve("all.yaml").toString()));
    return Typed.run(all.toArray(String[]::new));
  }

  /** As a publication leaves it; the publication itself is tested where it is. */
  private void release(int version, String run) throws IOException {
    Path model = folder.resolve("buyer");
    Path kept = Files.createDirectories(model.resolve("releases/" + version + "/models"));
    Map<String, String> files = new TreeMap<>();
    for (String name : List.of("buyer.gguf", "Modelfile")) {
      String content = (name.equals("buyer.gguf") ? "GGUF" : name) + " of " + run;
      Files.writeString(kept.resolve(name), content);
      files.put(name, Hashes.sha256(content));
    }
    Map<String, String> inStore = new TreeMap<>();
    files.forEach((name, sha256) -> inStore.put("models/" + name, sha256));
    Files.writeString(
        kept.resolveSibling("manifest.json"),
        Json.pretty(
            Map.of("model", "buyer", "version", version, "run_key", run, "files", inStore)));
    Files.deleteIfExists(model.resolve("models"));
    Files.createSymbolicLink(model.resolve("models"), Path.of("releases/" + version + "/models"));
    log(model, version, run, files);
  }

  private static void log(Path model, int version, String run, Map<String, String> files)
      throws IOException {
    Path file = model.resolve("releases.json");
    List<Object> releases = new ArrayList<>();
    List<Object> log = new ArrayList<>();
    if (Files.exists(file)) {
      JsonNode before = Json.mapper().readTree(Files.readString(file));
      before.path("releases").forEach(releases::add);
      before.path("log").forEach(log::add);
    }
    releases.add(
        Map.of(
            "version",
            version,
            "run_key",
            run,
            "dataset_version",
            "data",
            "published_at",
            "2026-02-03T04:05:0" + version + "Z",
            "files",
            files,
            "gate",
            Map.of(),
            "training",
            Map.of("trainer", "SFT", "adapter", "ab")));
    Map<String, Object> entry =
        new TreeMap<>(
            Map.of(
                "kind",
                "publication",
                "version",
                version,
                "at",
                "2026-02-03T04:05:0" + version + "Z",
                "by",
                "a test",
                "why",
                "run " + run));
    if (version > 1) {
      entry.put("replaces", version - 1);
    }
    log.add(entry);
    Files.writeString(file, Json.pretty(Map.of("releases", releases, "log", log)));
  }
}
