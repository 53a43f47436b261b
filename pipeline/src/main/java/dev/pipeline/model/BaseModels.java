package dev.pipeline.model;

import dev.pipeline.io.UserCache;
import dev.pipeline.weights.ollama.OllamaBlob;
import dev.pipeline.weights.ollama.OllamaName;
import dev.pipeline.weights.ollama.OllamaStore;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What {@code base_model} may name: a Hugging Face folder, a GGUF file, or a model of a local
 * Ollama, as {@code ollama:phi4}.
 */
public final class BaseModels {
  private static final String OLLAMA = "ollama:";

  private BaseModels() {}

  /**
   * The model folder {@code reference} stands for. For a GGUF one is made in the user's cache, with
   * tokenizer and config rebuilt.
   *
   * @throws dev.pipeline.io.Failure when there is no such model or it cannot be trained on
   */
  public static Path folder(Path reference) {
    return folder(reference, OllamaStore.userDefault(), UserCache.folder().resolve("bases"));
  }

  static Path folder(Path reference, OllamaStore store, Path cache) {
    GgufFolder folders = new GgufFolder(cache);
    String text = reference.toString();
    if (text.startsWith(OLLAMA)) {
      OllamaBlob blob = store.model(OllamaName.parse(text.substring(OLLAMA.length())));
      return folders.of(blob.file(), blob::verify);
    }
    return text.toLowerCase(Locale.ROOT).endsWith(".gguf")
        ? folders.of(reference, () -> {})
        : reference;
  }
}
