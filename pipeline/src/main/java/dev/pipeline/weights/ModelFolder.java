package dev.pipeline.weights;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.safetensors.SafetensorsFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A Hugging Face model folder whose config and weight headers have been read and checked.
 *
 * @param path the folder
 * @param config the content of config.json
 * @param weights every weight
 */
public record ModelFolder(Path path, JsonNode config, StoredWeights weights) {
  /** The weights of a folder that was made from a GGUF file: a link to that file. */
  public static final String GGUF = "model.gguf";

  private static final String FIX = "check base_model, or fetch the model folder again";

  /**
   * Opens a folder.
   *
   * @throws Failure when the folder, its config or its weights are missing or damaged
   */
  public static ModelFolder open(Path path) {
    return new ModelFolder(path, readConfig(path), weights(path));
  }

  /** The config of a folder whose weights need not be there. */
  public static JsonNode readConfig(Path path) {
    requireFolder(path);
    return readJson(configOf(path));
  }

  /** The config file of a folder. */
  public static Path configOf(Path path) {
    return path.resolve("config.json");
  }

  private static StoredWeights weights(Path path) {
    Path gguf = path.resolve(GGUF);
    return Files.exists(gguf, LinkOption.NOFOLLOW_LINKS)
        ? new StoredWeights.Gguf(GgufFile.open(gguf))
        : new StoredWeights.Safetensors(SafetensorsFolder.open(path));
  }

  /** Refuses a path where there is no folder. */
  public static void requireFolder(Path path) {
    if (!Files.isDirectory(path)) {
      throw missing(path, fetch(path));
    }
  }

  /** No folder at {@code path}; {@code fetch} is the command that brings one. */
  public static Failure missing(Path path, String fetch) {
    return Failure.refused(
        "no such model folder: " + path, "fetch it (" + fetch + "), or correct base_model");
  }

  /** A path of two words may be meant as a model's name on a hub. */
  private static String fetch(Path path) {
    String there = "pipeline fetch OWNER/NAME --to " + path;
    return path.isAbsolute() || path.getNameCount() != 2 || Files.exists(path.getName(0))
        ? there
        : "pipeline fetch " + path + " if that is its name on a hub, else " + there;
  }

  /** How messages call the config file. */
  public String configName() {
    return configOf(path).toString();
  }

  /** Reads a JSON file of the folder, such as {@code tokenizer.json}. */
  public JsonNode json(String fileName) {
    return readJson(path.resolve(fileName));
  }

  private static JsonNode readJson(Path file) {
    try {
      return Json.mapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file, FIX);
    } catch (JacksonException e) {
      throw Failure.refused(file + " is not JSON: " + Json.fault(e), FIX);
    }
  }
}
