package dev.pipeline.generate;

import dev.pipeline.weights.ModelFolder;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The tokens with which a model ends its answers. */
public final class StopTokens {
  private static final String FILE = "generation_config.json";

  private StopTokens() {}

  /** {@code eos_token_id} of generation_config.json and config.json, a number or a list of them. */
  public static Set<Long> of(ModelFolder folder) {
    Stream<JsonNode> files =
        Files.isRegularFile(folder.path().resolve(FILE))
            ? Stream.of(folder.json(FILE), folder.config())
            : Stream.of(folder.config());
    return files
        .map(json -> json.path("eos_token_id"))
        .flatMap(node -> node.isArray() ? node.valueStream() : Stream.of(node))
        .filter(JsonNode::isIntegralNumber)
        .map(JsonNode::asLong)
        .collect(Collectors.toUnmodifiableSet());
  }
}
