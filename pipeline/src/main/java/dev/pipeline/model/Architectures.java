package dev.pipeline.model;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The architectures that can be trained. */
public final class Architectures {
  private static final List<Architecture> SUPPORTED =
      List.of(new Llama(), new Mistral(), new Phi3(), new Qwen2(), new Qwen3(), new Phi());

  private Architectures() {}

  /** The architecture a config.json names. */
  public static Architecture of(JsonNode config, String origin) {
    String name = config.path("architectures").path(0).asString("none");
    return SUPPORTED.stream()
        .filter(architecture -> architecture.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unsupported(name, origin));
  }

  /** The architecture that a GGUF calls {@code name}; of several, the one named first. */
  static Architecture ofGguf(String name, String origin) {
    return SUPPORTED.stream()
        .filter(architecture -> architecture.ggufName().equals(name))
        .findFirst()
        .orElseThrow(() -> unsupported(name, origin));
  }

  private static Failure unsupported(String name, String origin) {
    return Failure.refused(
        origin + ": architecture " + name + " is not supported",
        "use a model of one of: "
            + SUPPORTED.stream().map(Architecture::name).collect(Collectors.joining(", ")));
  }
}
