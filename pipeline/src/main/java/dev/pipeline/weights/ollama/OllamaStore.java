package dev.pipeline.weights.ollama;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Ollama's folder of models: manifests that name layers, and blobs named by their digests.
 *
 * @param folder {@code $OLLAMA_MODELS}, or {@code ~/.ollama/models}
 */
public record OllamaStore(Path folder) {
  private static final String MODEL = "application/vnd.ollama.image.model";
  private static final String ADAPTER = "application/vnd.ollama.image.adapter";

  /** A manifest names a few layers; a longer one is something else. */
  private static final long LONGEST_MANIFEST = 1 << 20;

  /** The store that Ollama itself would use. */
  public static OllamaStore userDefault() {
    String configured = System.getenv("OLLAMA_MODELS");
    return new OllamaStore(
        configured == null || configured.isBlank()
            ? Path.of(System.getProperty("user.home"), ".ollama", "models")
            : Path.of(configured));
  }

  /**
   * The GGUF of {@code name}, of the size its manifest says; {@link OllamaBlob#verify} checks its
   * digest.
   */
  public OllamaBlob model(OllamaName name) {
    Path manifest =
        folder
            .resolve("manifests")
            .resolve(name.host())
            .resolve(name.namespace())
            .resolve(name.model())
            .resolve(name.tag());
    JsonNode layers = read(manifest, name).path("layers");
    if (!ofType(layers, ADAPTER).isEmpty()) {
      throw Failure.refused(
          manifest + " adds an adapter to its model", "use the model that adapter was made for");
    }
    List<JsonNode> models = ofType(layers, MODEL);
    if (models.size() != 1) {
      throw Failure.refused(
          manifest + " has " + models.size() + " layers of type " + MODEL + ", not 1",
          "use a model that Ollama keeps as one GGUF file");
    }
    return blob(manifest, models.get(0));
  }

  private static List<JsonNode> ofType(JsonNode layers, String type) {
    return layers
        .valueStream()
        .filter(layer -> layer.path("mediaType").asString("").equals(type))
        .toList();
  }

  private OllamaBlob blob(Path manifest, JsonNode layer) {
    String digest = layer.path("digest").asString("");
    // The digest becomes a file name, so it must be nothing else.
    if (!digest.matches("sha256:[0-9a-f]{64}")) {
      throw Failure.refused(
          manifest + " names the digest \"" + digest + "\"", pullAgain(manifest.toString()));
    }
    Path file = folder.resolve("blobs").resolve(digest.replace(':', '-'));
    OllamaBlob blob = new OllamaBlob(file, digest.substring("sha256:".length()));
    blob.requireSize(layer.path("size").asLong(-1));
    return blob;
  }

  private static JsonNode read(Path manifest, OllamaName name) {
    if (!Files.isRegularFile(manifest)) {
      throw Failure.refused(
          "Ollama has no model " + name + ": there is no " + manifest,
          "run ollama pull " + name + ", or set OLLAMA_MODELS to the folder of its models");
    }
    try {
      if (Files.size(manifest) > LONGEST_MANIFEST) {
        throw Failure.refused(manifest + " is too long for a manifest", pullAgain(name.toString()));
      }
      return Json.mapper().readTree(Files.readString(manifest));
    } catch (IOException e) {
      throw Failure.infrastructure("cannot read " + manifest, "check its permissions", e);
    } catch (JacksonException e) {
      throw Failure.refused(
          manifest + " is not JSON: " + e.getOriginalMessage(), pullAgain(name.toString()));
    }
  }

  private static String pullAgain(String what) {
    return "pull the model again: " + what;
  }
}
