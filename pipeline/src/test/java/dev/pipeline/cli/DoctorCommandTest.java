package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@Tag("recipe")
class DoctorCommandTest {
  @TempDir Path folder;

  @Test
  void aLineForEachPlaceAndNoneFailsHere() {
    Typed typed = doctor("base_model=../artifacts/base");

    assertThat(typed.status()).as(typed.out() + typed.err()).isZero();
    assertThat(typed.out().lines().filter(line -> line.startsWith("pass")))
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
    assertThat(of(found, "quantise").path("state").asString()).isEqualTo("fail");
    assertThat(of(found, "quantise").path("fix").asString()).contains("llama_quantize");
    assertThat(of(found, "Ollama").path("state").asString()).isEqualTo("warn");
    assertThat(of(found, "base model").path("detail").asString()).contains("no such model folder");
    assertThat(of(found, "llama.cpp").path("state").asString()).isEqualTo("pass");
  }

  /** A fault, the place that must name it, and words of its fix. */
  private record Fault(String place, String state, String reason, String fix, String... settings) {
    @Override
    public String toString() {
      return reason;
    }
  }

  private static Stream<Fault> faults() {
    return Stream.of(
        new Fault(
            "disk",
            "fail",
            "GB free, a run takes about",
            "free some disk space or set output_dir",
            // Checkpoints of more than any disk has.
            "sft.save_total_limit=2000000"),
        new Fault(
            "memory",
            "fail",
            "this machine has",
            "set sft.micro_batch_size",
            "sft.sequence_len=1024",
            "sft.micro_batch_size=16000"),
        new Fault("memory", "fail", "memory_limit is 0.10 GB", "sft.", "memory_limit=100 MB"),
        new Fault(
            "llama.cpp",
            "fail",
            "cannot use llama_library /lib/x86_64-linux-gnu/libc.so.6",
            "name the libllama.so",
            "llama_library=/lib/x86_64-linux-gnu/libc.so.6"),
        new Fault(
            "llama.cpp",
            "fail",
            "pom.xml: invalid ELF header",
            "name the libllama.so",
            "llama_library=../pom.xml"),
        new Fault(
            "quantise",
            "fail",
            "/bin/echo is no llama-quantize",
            "llama_quantize",
            "llama_quantize=/bin/echo"),
        new Fault(
            "Ollama",
            "fail",
            "no Ollama server answers at http://127.0.0.1:9",
            "ollama serve",
            "ollama_url=http://127.0.0.1:9"),
        new Fault(
            "job store",
            "fail",
            "cannot open the job store jdbc:postgresql://127.0.0.1:9/jobs",
            "PIPELINE_DB_USER",
            "url=jdbc:postgresql://127.0.0.1:9/jobs"),
        new Fault(
            "base model", "fail", "no such model folder", "base_model", "base_model=nowhere"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachFaultIsNamedWithItsFixAndHidesNoOther(Fault fault) {
    List<String> arguments = new ArrayList<>(List.of("--json"));
    if (Stream.of(fault.settings()).noneMatch(setting -> setting.startsWith("base_model"))) {
      arguments.add("base_model=../artifacts/base");
    }
    arguments.addAll(List.of(fault.settings()));
    Typed typed = doctor(arguments.toArray(String[]::new));

    JsonNode found = Json.parse(typed.out(), JsonNode.class, "doctor");
    JsonNode place = of(found, fault.place());
    assertThat(place.path("state").asString()).as(place.toString()).isEqualTo(fault.state());
    assertThat(place.path("detail").asString()).contains(fault.reason());
    assertThat(place.path("fix").asString()).contains(fault.fix());
    assertThat(typed.status()).isEqualTo(place.path("exitCode").intValue()).isNotZero();
    assertThat(
            found
                .valueStream()
                .filter(one -> one.path("state").asString().equals("fail"))
                .map(one -> one.path("place").asString()))
        .containsExactly(fault.place());
  }

  @Test
  @DisabledIf("hasGpu")
  void aGpuThatIsAskedForAndMissingFails() {
    Typed typed = doctor("--json", "base_model=../artifacts/base", "device=cuda");
    JsonNode cuda = of(Json.parse(typed.out(), JsonNode.class, "doctor"), "CUDA");
    assertThat(typed.status()).isEqualTo(3);
    assertThat(cuda.path("detail").asString()).startsWith("device: cuda, but ");
    assertThat(cuda.path("fix").asString()).isNotBlank();
  }

  static boolean hasGpu() {
    return Files.exists(Path.of("/proc/driver/nvidia/version"));
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
