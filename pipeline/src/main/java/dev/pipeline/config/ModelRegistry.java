package dev.pipeline.config;

import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Known base models.
 *
 * @param folder holds {@code <name>.yaml} with the keys of {@link BaseDescription}, all of them
 */
public record ModelRegistry(Path folder) {
  /** The variable of the environment that names a model. */
  static final String VARIABLE = "MODEL_NAME";

  /** The names of all models, sorted. */
  public List<String> names() {
    return registry().names();
  }

  /** The Hugging Face id that {@code name}'s file gives; refuses a name without a file. */
  public String source(String name) {
    Node source = registry().entry(name, name).nodes().get("source");
    if (source instanceof Node.Scalar scalar) {
      return scalar.text();
    }
    throw Failure.usage(
        folder.resolve(name + ".yaml") + ": source is no text", "write it as owner/name");
  }

  /** What is near {@code source} among the Hugging Face ids of all models. */
  public Optional<String> nearestSource(String source) {
    return NearestKey.nearest(source, names().stream().map(this::source).toList());
  }

  /** {@code given}, filled up with what is known of the model it names. */
  Node.Fields fill(Node.Fields given, String name) {
    Node named = given.nodes().get("known_as");
    Node.Fields entry = registry().entry(name, named == null ? "" : named.where());
    Map<String, Node> nodes = new LinkedHashMap<>(entry.nodes());
    nodes.putAll(given.nodes());
    return new Node.Fields(nodes, given.where());
  }

  private Registry registry() {
    return new Registry(
        folder, "model", RecordBinder.keys(BaseDescription.class), "configs/models/phi-4.yaml");
  }
}
