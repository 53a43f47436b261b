package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.PipelineRun;
import dev.pipeline.jobs.QuietReport;
import dev.pipeline.jobs.RunRequest;
import dev.pipeline.release.ollama.FakeOllama;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** From a row to a model at Ollama and its plan, and back, after the smoke run. */
@Tag("recipe")
class LineageCommandTest {
  private static final String SMOKE = "../configs/smoke";

  @TempDir static Path folder;
  private static List<String> overrides = List.of();

  @BeforeAll
  static void runOnce() throws IOException {
    copy(Path.of("../datasets/raw"), folder.resolve("raw"));
    copy(Path.of("../artifacts/base"), folder.resolve("base"));
    try (FakeOllama ollama = new FakeOllama()) {
      overrides =
          List.of(
              "output_dir=" + folder.resolve("artifacts"),
              "dataset_dir=" + folder.resolve("datasets"),
              "base_model=" + folder.resolve("base"),
              "mine.raw=" + folder.resolve("raw"),
              "ollama_url=" + ollama.address(),
              "evaluate.red_team=../datasets/redteam",
              "evaluate.negotiation_tasks=../datasets/benchmarks/negotiation.jsonl",
              "evaluate.general_texts=../datasets/benchmarks/general.jsonl",
              "evaluate.gate=../configs/gate-smoke.yaml");
      new PipelineRun(
              new RunRequest(
                  "sft",
                  false,
                  ConfigLoader.load(Path.of(SMOKE), overrides, "sft"),
                  SMOKE,
                  overrides),
              new QuietReport() {},
              new StopSignal())
          .run();
    }
  }

  @Test
  void aRedactedRowLeadsToTheServedModelAndItsPlan() throws IOException {
    JsonNode row = redactedRow();
    String file = row.path("source").path("file").asString("");
    int line = row.path("source").path("line").asInt();
    String raw = digestOfLine(folder.resolve("raw").resolve(file), line);
    Typed walked = lineage(folder.resolve("raw").resolve(file) + ":" + line, "--json");
    assertThat(walked.status()).as(walked.err()).isZero();
    JsonNode walk = Json.mapper().readTree(walked.out());
    assertThat(walk.path("subject").asString("")).isEqualTo("raw-row:" + raw);
    assertThat(kinds(walk, "LED_TO"))
        .contains("row", "dataset", "adapter", "merged", "gguf", "release", "ollama", "plan");
    assertThat(kinds(walk, "CAME_OF")).containsExactly("raw file");
    assertThat(titles(walk)).anyMatch(title -> title.contains(row.path("id").asString("")));
    assertThat(Json.mapper().readTree(lineage(raw, "--json").out()).path("nodes"))
        .isEqualTo(walk.path("nodes"));
    JsonNode curated =
        Json.mapper().readTree(lineage(Hashes.sha256(Json.line(row)), "--json").out());
    assertThat(curated.path("subject").asString("")).startsWith("row:");
    assertThat(kinds(curated, "CAME_OF")).contains("raw row", "raw file");
    assertThat(kinds(curated, "LED_TO")).contains("gguf", "ollama", "plan");
  }

  @Test
  void everyNameOfTheModelLeadsBackToTheRawFiles() throws IOException {
    Path model = folder.resolve("artifacts/smoke-joshi");
    String plan =
        Json.mapper()
            .readTree(Files.readString(model.resolve("releases/1/plan.json")))
            .path("id")
            .asString("");
    String gguf = model.resolve("models/smoke-joshi.gguf").toString();
    for (String name :
        List.of(
            gguf,
            Hashes.sha256(Path.of(gguf)),
            Hashes.sha256(Path.of(gguf)).substring(0, 12),
            "release:1",
            "smoke-joshi:v1",
            model.resolve("sft").toString(),
            plan)) {
      Typed walked = lineage(name, "--json");
      assertThat(walked.status()).as(name + walked.err()).isZero();
      JsonNode walk = Json.mapper().readTree(walked.out());
      assertThat(kinds(walk, "CAME_OF")).as(name).contains("raw file", "dataset", "base");
      assertThat(titles(walk)).as(name).contains("chat.jsonl", "rounds.jsonl");
    }
    assertThat(lineage(gguf).out())
        .contains("came of", "merged    smoke-joshi-F16.gguf", "led to", "all as they were");
  }

  @Test
  void aRowThatWasLeftOutLedToNothing() throws IOException {
    JsonNode rejected =
        rows("rejected.jsonl").stream()
            .filter(row -> row.path("reason").asString("").equals("unreadable-line"))
            .findFirst()
            .orElseThrow();
    Typed walked = lineage(rejected.path("source").path("raw").asString(""));
    assertThat(walked.out())
        .contains("left out: unreadable-line")
        .doesNotContain("gguf", "adapter");
  }

  @Test
  void oneByteOfAnyFileOnTheWayIsNoticedAndItsFileNamed() throws IOException {
    JsonNode row = redactedRow();
    String raw =
        folder.resolve("raw").resolve(row.path("source").path("file").asString(""))
            + ":"
            + row.path("source").path("line").asInt();
    String gguf = folder.resolve("artifacts/smoke-joshi/models/smoke-joshi.gguf").toString();
    Set<Path> seen = new TreeSet<>();
    for (String subject : List.of(raw, gguf)) {
      for (Path file : files(Json.mapper().readTree(lineage(subject, "--json").out()))) {
        if (seen.add(file)) {
          noticed(file, subject);
        }
      }
    }
    assertThat(seen)
        .as("the way has all of these")
        .anyMatch(file -> file.endsWith("raw/chat.jsonl"))
        .anyMatch(file -> file.endsWith("train.jsonl"))
        .anyMatch(file -> file.endsWith("CARD.md"))
        .anyMatch(file -> file.endsWith("adapter_model.safetensors"))
        .anyMatch(file -> file.endsWith("smoke-joshi-F16.gguf"))
        .anyMatch(file -> file.endsWith("smoke-joshi-Q4_K_M.gguf"))
        .anyMatch(file -> file.endsWith("releases.json"))
        .anyMatch(file -> file.endsWith("run.json"))
        .hasSizeGreaterThan(50);
    assertThat(lineage(gguf).status()).isZero();
  }

  @Test
  void anotherPlanInMemoryIsNoticed() throws IOException {
    Path memory;
    try (Stream<Path> files = Files.walk(folder.resolve("artifacts/.memory"))) {
      memory =
          files
              .filter(file -> file.endsWith("points.jsonl"))
              .filter(file -> textOf(file).contains("model_plan"))
              .findFirst()
              .orElseThrow();
    }
    String before = Files.readString(memory);
    Files.writeString(memory, before.replace("\"plan_version\":\"", "\"plan_version\":\"other-"));
    try {
      Typed walked = lineage("release:1");
      assertThat(walked.status()).isEqualTo(4);
      assertThat(walked.out() + walked.err()).contains("is not what plan memory holds");
    } finally {
      Files.writeString(memory, before);
    }
  }

  @Test
  void whatIsUnknownIsAUsageErrorAndLookingCanBeLeftOut() {
    Typed unknown = lineage("ffffffffffff");
    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.err()).contains("nothing known is called");
    assertThat(lineage("/dev/zero").err()).contains("is a device or a pipe");
    assertThat(lineage("release:1", "--no-verify").out())
        .contains("plan")
        .doesNotContain("looked at");
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes a byte in the middle of {@code file} for a moment. */
  private static void noticed(Path file, String subject) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] other = bytes.clone();
    other[bytes.length / 2] ^= 1;
    Files.write(file, other);
    try {
      Typed walked = lineage(subject);
      assertThat(walked.status()).as("%s: %s %s", file, walked.out(), walked.err()).isEqualTo(4);
      // A base is recorded as the folder that it is.
      String named =
          file.startsWith(folder.resolve("base"))
              ? folder.resolve("base").toString()
              : file.toString();
      assertThat(walked.out() + walked.err()).contains(named);
    } finally {
      Files.write(file, bytes);
    }
  }

  /** A row that went into training and in which something was redacted. */
  private static JsonNode redactedRow() throws IOException {
    return rows("train.jsonl").stream()
        .filter(row -> row.path("instruction").asString("").matches("(?s).*\\[[A-Z]+_\\d+].*"))
        .findFirst()
        .orElseThrow();
  }

  /** As anybody would take it who holds the line. */
  private static String digestOfLine(Path file, int line) throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    byte[] one = bytes.split("\r?\n", -1)[line - 1].getBytes(StandardCharsets.ISO_8859_1);
    return Hashes.hex(Hashes.sha256().digest(one));
  }

  private static List<JsonNode> rows(String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("datasets/curated"))) {
      Path file = files.filter(path -> path.endsWith(name)).findFirst().orElseThrow();
      return Files.readAllLines(file).stream().map(line -> Json.mapper().readTree(line)).toList();
    }
  }

  /** Every file that the nodes of a walk rest on; of a folder those in it. */
  private static Set<Path> files(JsonNode walk) throws IOException {
    Set<Path> files = new TreeSet<>();
    for (JsonNode node : walk.path("nodes")) {
      for (JsonNode file : node.path("files")) {
        try (Stream<Path> all = Files.walk(Path.of(file.asString("")))) {
          files.addAll(all.filter(Files::isRegularFile).toList());
        }
      }
    }
    return files;
  }

  private static List<String> kinds(JsonNode walk, String side) {
    List<String> kinds = new ArrayList<>();
    for (JsonNode node : walk.path("nodes")) {
      if (node.path("side").asString("").equals(side)) {
        kinds.add(node.path("kind").asString(""));
      }
    }
    return kinds;
  }

  private static List<String> titles(JsonNode walk) {
    List<String> titles = new ArrayList<>();
    walk.path("nodes").forEach(node -> titles.add(node.path("title").asString("")));
    return titles;
  }

  private static Typed lineage(String subject, String... options) {
    List<String> words = new ArrayList<>(List.of("lineage", subject, "--config", SMOKE));
    overrides.forEach(override -> words.addAll(List.of("--set", override)));
    words.addAll(List.of(options));
    return Typed.run(words.toArray(String[]::new));
  }

  private static void copy(Path source, Path target) throws IOException {
    Files.createDirectories(target);
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, target.resolve(String.valueOf(file.getFileName())));
      }
    }
  }
}
