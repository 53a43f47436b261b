package dev.pipeline.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Known base models.
 *
 * @param folder holds {@code <name>.yaml} with the keys of {@link BaseDescription}, all of them
 */
record ModelRegistry(Path folder) {
  /** The variable of the environment that names a model. */
  static final String VARIABLE = "MODEL_NAME";

  /** The names of all models, sorted. */
  List<String> names() {
    return registry().names();
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
