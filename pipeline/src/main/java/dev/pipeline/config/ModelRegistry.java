package dev.pipeline.config;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Known base models, one small file each, so that another model needs no code.
 *
 * @param folder holds {@code <name>.yaml} with the keys of {@link BaseDescription}, all of them
 */
record ModelRegistry(Path folder) {
  /** The variable of the environment that names a model. */
  static final String VARIABLE = "MODEL_NAME";

  private static final String YAML = ".yaml";
  private static final Set<String> KEYS = RecordBinder.keys(BaseDescription.class);

  /** The names of all models, sorted. */
  List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(YAML))
          .map(name -> name.substring(0, name.length() - YAML.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Failure.usage(
          "cannot list " + folder + ": " + Reason.of(e), "check its permissions or model_registry");
    }
  }

  /** {@code given}, filled up with what is known of the model it names. */
  Node.Fields fill(Node.Fields given, String name) {
    Node named = given.nodes().get("known_as");
    Map<String, Node> nodes = new LinkedHashMap<>(entry(name, named == null ? "" : named.where()));
    nodes.putAll(given.nodes());
    return new Node.Fields(nodes, given.where());
  }

  private Map<String, Node> entry(String name, String where) {
    List<String> names = names();
    if (!names.contains(name)) {
      throw unknown(name, where, names);
    }
    Path file = folder.resolve(name + YAML);
    Map<String, Node> nodes = YamlReader.readFile(file).nodes();
    nodes.forEach(
        (key, node) -> {
          if (!KEYS.contains(key)) {
            throw Failure.usage(
                node.where() + ": unknown key \"" + key + "\" of a model",
                NearestKey.fix(key, KEYS));
          }
        });
    for (String key : KEYS) {
      if (!nodes.containsKey(key)) {
        throw Failure.usage(
            file + ": " + key + " is missing", "write it as configs/models/phi-4.yaml does");
      }
    }
    return nodes;
  }

  private Failure unknown(String name, String where, List<String> names) {
    String near =
        NearestKey.nearest(name, names).map(word -> "did you mean \"" + word + "\"? ").orElse("");
    String all = names.isEmpty() ? "" : "known are " + String.join(", ", names) + "; ";
    return Failure.usage(
        where + ": no model \"" + name + "\" in " + folder,
        near + all + "or describe it in " + folder.resolve(name + YAML));
  }
}
