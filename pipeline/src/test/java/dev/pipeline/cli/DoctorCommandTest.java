package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Tag("recipe")
class DoctorCommandTest {
  @TempDir Path folder;

  @Test
  void aLineForEachPlaceAndNoneFailsHere() {
    Typed typed = doctor("base_model=../artifacts/base");

    assertThat(typed.status()).as(typed.out() + typed.err()).isZero();
    assertThat(typed.out().lines().filter(line -> line.startsWith("ok")))
        .extracting(line -> line.substring(6, 16).strip())
        .contains("Java", "memory", "cores", "disk", "PyTorch", "bf16", "libgomp", "llama.cpp")
        .contains("quantise", "Ollama", "job store", "base model");
    assertThat(typed.out())
        .contains("2.7.1 loads from", "build b4916 loads; uses ", "Phi3ForCausalLM");
  }

  @Test
  void whatIsConfiguredAndMissingFailsWithItsFix() {
    Typed typed =
        doctor(
            "--json",
            "base_model=" + folder.resolve("nowhere"),
            "ollama_url=http://127.0.0.1:1",
            "ollama_required=false",
            "llama_quantize=/bin/echo");

    assertThat(typed.status()).isEqualTo(3);
    JsonNode found = Json.parse(typed.out(), JsonNode.class, "doctor");
    assertThat(of(found, "quantise").path("state").asString()).isEqualTo("FAIL");
    assertThat(of(found, "quantise").path("fix").asString()).contains("llama_quantize");
    assertThat(of(found, "Ollama").path("state").asString()).isEqualTo("WARN");
    assertThat(of(found, "base model").path("detail").asString()).contains("no such model folder");
    assertThat(of(found, "llama.cpp").path("state").asString()).isEqualTo("OK");
  }

  private static JsonNode of(JsonNode found, String place) {
    return found
        .valueStream()
        .filter(node -> node.path("place").asString().equals(place))
        .findFirst()
        .orElseThrow();
  }

  private Typed doctor(String... more) {
    List<String> arguments = new ArrayList<>(List.of("doctor", "--config", "../configs/demo"));
    arguments.add("output_dir=" + folder.resolve("artifacts"));
    arguments.addAll(List.of(more));
    return Typed.run(arguments.toArray(String[]::new));
  }
}
