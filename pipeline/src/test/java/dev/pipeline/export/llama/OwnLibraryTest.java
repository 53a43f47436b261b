package dev.pipeline.export.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufWriter;
import dev.pipeline.weights.gguf.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A llama.cpp that the user names takes the place of the one that ships. */
@Tag("recipe")
class OwnLibraryTest {
  @TempDir Path folder;

  @Test
  void answersAsTheOneThatShips() {
    TinyModel model = TinyModel.like("llama", 1, GgmlType.F16);
    Path gguf = folder.resolve("model.gguf");
    GgufWriter.write(gguf, model.metadata(), model.tensors());
    try (LlamaProcess shipped = LlamaProcess.start();
        LlamaProcess own = LlamaProcess.start(Optional.of(ShippedLibrary.file()))) {
      assertThat(own.load(gguf, 64, 1)).isEqualTo(shipped.load(gguf, 64, 1));
      assertThat(own.generate("hello world", GenerateOptions.greedy(4)))
          .isEqualTo(shipped.generate("hello world", GenerateOptions.greedy(4)));
    }
  }

  @Test
  void whatIsNoLibraryIsRefusedByItsName() throws IOException {
    Path text = Files.writeString(folder.resolve("libllama.so"), "not a library");
    refused(text);
    refused(folder.resolve("missing.so"));
    refused(Path.of("/lib/x86_64-linux-gnu/libc.so.6"));
  }

  private static void refused(Path library) {
    try (LlamaProcess own = LlamaProcess.start(Optional.of(library))) {
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(own::describe)
          .withMessageContaining("cannot use llama_library " + library);
    }
  }
}
