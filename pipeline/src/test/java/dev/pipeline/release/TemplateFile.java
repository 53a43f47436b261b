package dev.pipeline.release;

import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.GgufWriter;
import java.nio.file.Path;
import java.util.List;

/** A GGUF file that has a chat template and nothing else. */
final class TemplateFile {
  private TemplateFile() {}

  static void write(Path file, String template) {
    GgufWriter.write(
        file,
        GgufMetadata.empty("a test")
            .with("general.architecture", GgufValue.text("llama"))
            .with("tokenizer.chat_template", GgufValue.text(template)),
        List.of());
  }
}
