package dev.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shell script stands for the user's program. */
class LlamaQuantizeCommandTest {
  @TempDir Path folder;
  private Path input;
  private Path output;

  @BeforeEach
  void prepare() throws IOException {
    input = Files.writeString(folder.resolve("input.gguf"), "weights");
    output = folder.resolve("output.gguf");
  }

  @Test
  void passesFilesTypeAndThreadsAndFollowsTheTensors() throws IOException {
    Path program =
        program(
            """
            echo '[   1/   4] token_embd.weight - type = f16'
            echo '[   4/   4] output.weight - type = f16' >&2
            echo "$@" > "$2"
            """);
    List<Double> shares = new ArrayList<>();

    new LlamaQuantizeCommand(program, 3).quantise(input, output, FileType.Q4_K_M, shares::add);

    assertThat(output).hasContent(input + " " + output + " Q4_K_M 3");
    assertThat(shares).containsExactly(0.25, 1.0);
  }

  @Test
  void passesAnImportanceMatrix() throws IOException {
    Path program = program("echo \"$@\" > \"$4\"\n");

    new LlamaQuantizeCommand(program, 2)
        .quantise(input, output, FileType.Q4_K_M, Optional.of(Path.of("a.imatrix")), share -> {});

    assertThat(output).hasContent("--imatrix a.imatrix " + input + " " + output + " Q4_K_M 2");
  }

  @Test
  void aFailureCarriesItsLastLinesAndLeavesNothing() throws IOException {
    Path program = program("echo half > \"$2\"; echo 'unknown model architecture'; exit 3");

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> quantise(program))
        .withMessageContaining("status 3: unknown model architecture");
    assertThat(output).doesNotExist();
  }

  @Test
  void aMissingProgramIsNamed() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> quantise(folder.resolve("llama-quantize")))
        .withMessageContaining(folder.resolve("llama-quantize").toString());
  }

  private void quantise(Path program) {
    new LlamaQuantizeCommand(program, 1).quantise(input, output, FileType.Q8_0, share -> {});
  }

  private Path program(String script) throws IOException {
    Path program = Files.writeString(folder.resolve("quantize"), "#!/bin/sh\n" + script);
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }
}
