package dev.pipeline.weights.safetensors;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The weights of a Hugging Face folder: one file, or shards listed by an index. */
public final class SafetensorsFolder {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final String FETCH_AGAIN =
      "fetch the model folder again; its weights are damaged or incomplete";

  private SafetensorsFolder() {}

  /**
   * The tensors of {@code folder}, by name, sorted; every header is checked, nothing is mapped.
   *
   * @throws Failure when there are no safetensors weights or they contradict themselves
   */
  public static Map<String, TensorEntry> open(Path folder) {
    if (Files.isRegularFile(folder.resolve(SINGLE))) {
      return Collections.unmodifiableMap(
          new TreeMap<>(SafetensorsFile.open(folder.resolve(SINGLE)).tensors()));
    }
    try {
      if (Files.isRegularFile(folder.resolve(INDEX))) {
        return sharded(folder);
      }
      throw noWeights(folder);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + folder + ": " + e.getMessage(),
          "check that the folder is readable, then run the same command again",
          e);
    }
  }

  private static Map<String, TensorEntry> sharded(Path folder) throws IOException {
    Map<String, SafetensorsFile> shards = new TreeMap<>();
    Map<String, TensorEntry> tensors = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : weightMap(folder.resolve(INDEX)).properties()) {
      String shardName = plainName(folder, field.getValue());
      SafetensorsFile shard =
          shards.computeIfAbsent(shardName, name -> SafetensorsFile.open(folder.resolve(name)));
      tensors.put(field.getKey(), shard.tensor(field.getKey()));
    }
    return Collections.unmodifiableMap(tensors);
  }

  private static JsonNode weightMap(Path index) throws IOException {
    try {
      JsonNode map = Json.mapper().readTree(Files.readString(index)).path("weight_map");
      if (map.isObject() && !map.isEmpty()) {
        return map;
      }
    } catch (JacksonException e) {
      throw Failure.refused(index + " is not JSON: " + Json.fault(e), FETCH_AGAIN);
    }
    throw Failure.refused(index + " has no weight_map", FETCH_AGAIN);
  }

  /** A shard lies in the folder itself; anything else would let an index read any file. */
  private static String plainName(Path folder, JsonNode value) {
    String name = value.asString("");
    if (!name.matches("[\\w][\\w.-]*\\.safetensors")) {
      throw Failure.refused(
          folder.resolve(INDEX) + " names the shard " + value + ", which is no plain file name",
          FETCH_AGAIN);
    }
    return name;
  }

  private static Failure noWeights(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Failure.refused(
          "no such model folder: " + folder, "check the path, or fetch the model first");
    }
    return PickleGuard.firstIn(folder)
        .map(PickleGuard::refusal)
        .orElseGet(
            () ->
                Failure.refused(
                    folder + " has neither " + SINGLE + " nor " + INDEX,
                    "point to a Hugging Face folder with safetensors weights"));
  }
}
