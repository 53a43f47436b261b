package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The main job through its launcher, with the smoke configuration: whole, again, and killed. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RunSftTest {
  /** Where a kill strikes: as soon as a path of this form exists below the run. */
  private static final List<String> PLACES =
      List.of(
          ".*/runs/[^/]+/accepted\\.jsonl",
          ".*/checkpoints/step-000002",
          ".*/candidates/Q4_K_M-weighted\\.gguf\\.partial",
          ".*/logits/row-2\\.logits");

  @TempDir static Path folder;

  @Test
  @Order(1)
  void goesFromConversationsToARecordedPlan() throws IOException {
    Program.Ended run = sft("whole");
    assertThat(run.status()).as(run.text()).isZero();
    Path model = folder.resolve("whole/artifacts/smoke-joshi");
    assertThat(model.resolve("sft/adapter_model.safetensors")).isRegularFile();
    assertThat(model.resolve("models/smoke-joshi.gguf")).isRegularFile();
    assertThat(model.resolve("models/Modelfile")).content().startsWith("FROM ./smoke-joshi.gguf\n");
    assertThat(model.resolve("releases.json")).isRegularFile();
    assertThat(only("whole", "quality.md")).content().contains("| Q4_K_M, importance matrix |");
    assertThat(only("whole", "report.html")).content().contains("Quantisation</h2>");
    assertThat(model.resolve("runs"))
        .isDirectoryNotContaining(each -> Files.exists(each.resolve("candidates")));
    assertThat(run.text()).contains("not registered with Ollama: no server is configured");
    assertThat(run.text())
        .contains("never passed phase 0 on this machine: 'pipeline bench --config ");
    Program.Ended plan = program("whole", "plans", "latest", "--json");
    assertThat(plan.text())
        .contains("\"model_plan\"", "\"dataset_counts\"", "\"deployment_status\"");
  }

  @Test
  @Order(2)
  void aFinishedRunIsNotDoneAgain() {
    Program.Ended again = sft("whole");
    assertThat(again.status()).isZero();
    assertThat(again.text()).contains("nothing to do");
  }

  @Test
  @Order(3)
  void theGateStopsTheReleasedFileWhenItsTemplateIsBroken() throws IOException {
    Path released = folder.resolve("whole/artifacts/smoke-joshi/models/smoke-joshi.gguf");
    Path gate = Files.writeString(folder.resolve("gate.yaml"), "template_match:\n  at_least: 1\n");
    assertThat(gate(gate, released).status()).isZero();
    Path broken = folder.resolve("broken.gguf");
    byte[] bytes = Files.readAllBytes(released);
    String lost = new String(bytes, StandardCharsets.ISO_8859_1);
    Files.write(
        broken,
        lost.replace("if add_generation_prompt", "if add_generation_promqt")
            .getBytes(StandardCharsets.ISO_8859_1));
    Program.Ended run = gate(gate, broken);
    assertThat(run.status()).as(run.text()).isEqualTo(1);
    assertThat(run.text()).contains("FAIL  Prompts as in training");
  }

  @Test
  @Order(4)
  void saysWhatEachQuantisationCosts() {
    Program.Ended run =
        program(
            "whole",
            "inspect",
            "quantisations",
            "--types",
            "Q8_0,Q4_0",
            "--most",
            "2",
            "--json",
            "--set",
            "package.imatrix_tokens=400");
    assertThat(run.status()).as(run.text()).isZero();
    assertThat(run.text())
        .contains("\"quantisation\" : \"Q4_0\"", "\"top_token_agreement\"", "\"beyond_doubt\"");
  }

  @Test
  @Order(5)
  void killsInCurateTrainingAndQuantisingLeaveTheSameBytes() throws IOException {
    for (String place : PLACES) {
      Program.Ended killed =
          program(
              "killed", () -> SmokeConfig.exists(folder.resolve("killed"), place), "run", "sft");
      assertThat(killed.status()).as("%s: %s", place, killed.text()).isEqualTo(137);
    }
    Program.Ended end = sft("killed");
    assertThat(end.status()).as(end.text()).isZero();
    for (String name :
        List.of(
            "adapter_model.safetensors",
            "optimizer.safetensors",
            "smoke-joshi.gguf",
            "smoke-joshi-F16.gguf",
            "smoke-joshi-Q8_0.gguf",
            "smoke-joshi.imatrix",
            "train.jsonl")) {
      assertThat(Files.mismatch(only("whole", name), only("killed", name))).as(name).isEqualTo(-1);
    }
  }

  @Test
  @Order(5)
  void theFormerReleaseComesBackByteForByte() throws IOException {
    Path model = folder.resolve("whole/artifacts/smoke-joshi");
    Map<String, String> first = served(model);
    assertThat(first)
        .containsKeys("models/smoke-joshi.gguf", "models/Modelfile", "sft/adapter_config.json");
    Program.Ended second = program("whole", "run", "release", "release.temperature=0.3");
    assertThat(second.status()).as(second.text()).isZero();
    assertThat(model.resolve("models/Modelfile")).content().contains("temperature 0.3");
    AtomicFiles.deleteRecursively(model.resolve("sft"));

    Program.Ended back = program("whole", "releases", "rollback", "--why", "it was better");
    assertThat(back.status()).as(back.text()).isZero();
    assertThat(back.text())
        .contains(
            "release 1 serves, in the place of 2", "answers ended by themselves", "llama.cpp");
    assertThat(served(model)).isEqualTo(first);
    assertThat(program("whole", "plans", "latest").text()).contains("from release 2 to release 1");

    Program.Ended refused = program("whole", "run", "release", "release.temperature=0.3");
    assertThat(refused.status()).as(refused.text()).isEqualTo(4);
    assertThat(refused.text()).contains("took back", "pipeline releases rollback --config ");
    assertThat(served(model)).isEqualTo(first);
  }

  /** Digests of what serves and of the adapter. */
  private static Map<String, String> served(Path model) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    for (String name : List.of("models", "sft")) {
      try (Stream<Path> files = Files.list(model.resolve(name))) {
        files.forEach(file -> digests.put(name + "/" + file.getFileName(), Hashes.sha256(file)));
      }
    }
    return digests;
  }

  /** The newest file of that name below a run's folder; checkpoints sort by step. */
  private static Path only(String run, String name) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(run))) {
      return files
          .filter(path -> path.endsWith(name))
          .max(Path::compareTo)
          .orElseThrow(() -> new AssertionError(name + " is missing in " + run));
    }
  }

  private static Program.Ended gate(Path gate, Path gguf) {
    SmokeConfig config = SmokeConfig.in(folder.resolve("whole"));
    return Program.run(
        "gate",
        "--config",
        gate.toString(),
        "--settings",
        config.folder().toString(),
        "--gguf",
        gguf.toString());
  }

  private static Program.Ended sft(String run) {
    return program(run, "run", "sft");
  }

  private static Program.Ended program(String run, String... verb) {
    return program(run, () -> false, verb);
  }

  private static Program.Ended program(String run, BooleanSupplier struck, String... verb) {
    List<String> arguments = new ArrayList<>(List.of(verb));
    SmokeConfig config = SmokeConfig.in(folder.resolve(run));
    arguments.addAll(List.of("--config", config.folder().toString()));
    return Program.run(struck, arguments.toArray(String[]::new));
  }
}
