package dev.pipeline.export.tokenizer;

import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.io.Json;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.GgufWriter;
import dev.pipeline.weights.gguf.TinyModel;
import dev.pipeline.weights.gguf.tokenizer.GgufTokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A tokenizer.json beside the shipped model's other files, and the GGUF it is exported to.
 *
 * @param folder where both are
 * @param template the chat template
 */
record ExportedTokenizer(Path folder, String template) {
  static final Path BASE = Path.of("../artifacts/base");

  private static final int VOCABULARY = 3_072;

  /** Writes the two tokenizer files. */
  static ExportedTokenizer write(Path folder, JsonNode tokenizer, Map<String, ?> config)
      throws IOException {
    Files.writeString(folder.resolve("tokenizer.json"), Json.line(tokenizer));
    Files.writeString(folder.resolve("tokenizer_config.json"), Json.line(config));
    return new ExportedTokenizer(folder, "{{ messages[0].content }}");
  }

  ExportedTokenizer withTemplate(String text) {
    return new ExportedTokenizer(folder, text);
  }

  Path tokenizer() {
    return folder.resolve("tokenizer.json");
  }

  /** The keys of a model called {@code name}. */
  GgufMetadata metadata(String name) {
    GgufMetadata metadata = GgufMetadata.empty("tiny");
    for (var entry : model().metadata().values().entrySet()) {
      if (!entry.getKey().startsWith("tokenizer.")) {
        metadata = metadata.with(entry.getKey(), entry.getValue());
      }
    }
    return GgufTokenizer.add(
        metadata.with("general.name", GgufValue.text(name)),
        model(folder),
        VOCABULARY,
        new ChatTemplate(template, "<s>", "</s>"));
  }

  /** A model that llama.cpp loads, with this tokenizer. */
  Path gguf(String name) {
    Path gguf = folder.resolve("model.gguf");
    GgufWriter.write(gguf, metadata(name), model().tensors());
    return gguf;
  }

  /** The tokenizer.json that reading the GGUF gives back. */
  Path rebuilt(String name) throws IOException {
    Path file = folder.resolve("rebuilt.json");
    Files.writeString(file, Json.line(GgufTokenizerFiles.of(metadata(name)).tokenizer()));
    return file;
  }

  List<String> differences() {
    return GgufTokenizer.differences(model(folder), VOCABULARY);
  }

  private static ModelFolder model(Path folder) {
    ModelFolder base = ModelFolder.open(BASE);
    return new ModelFolder(folder, base.config(), base.weights());
  }

  private static TinyModel model() {
    return new TinyModel("llama", 1, 64, 64, VOCABULARY, true, GgmlType.F16);
  }
}
