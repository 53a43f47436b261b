package dev.pipeline.config;

import dev.pipeline.io.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A gate's file.
 *
 * @param metrics the bounds on each metric, in the file's order
 */
public record GateConfig(Map<String, GateBounds> metrics) {
  private static final Set<String> KEYS = RecordBinder.keys(GateBounds.class);

  /** Copies the map. */
  public GateConfig {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  /** Reads {@code file}; refuses unknown keys, and a metric without a bound. */
  public static GateConfig read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw Failure.usage("no gate at " + file, "name one, such as configs/gate.yaml");
    }
    Map<String, Node> nodes = YamlReader.readFile(file).nodes();
    if (nodes.keySet().stream().anyMatch(Section.NAMES::contains)) {
      throw Failure.usage(
          file + " holds settings, not the bounds of a gate",
          "--config of gate is the bounds; give settings as --settings " + file);
    }
    Map<String, GateBounds> metrics = new LinkedHashMap<>();
    nodes.forEach((name, node) -> metrics.put(name, bounds(name, node)));
    return new GateConfig(metrics);
  }

  private static GateBounds bounds(String metric, Node node) {
    if (!(node instanceof Node.Fields keys) || keys.nodes().isEmpty()) {
      throw Failure.usage(
          node.where() + ": " + metric + " wants bounds below it, found " + node.kind(),
          "write one a line, such as \"at_least: 0.95\"");
    }
    keys.nodes()
        .forEach(
            (key, value) -> {
              if (!KEYS.contains(key)) {
                throw Failure.usage(
                    value.where() + ": unknown key \"" + key + "\" of a bound",
                    NearestKey.fix(key, KEYS));
              }
              if (value instanceof Node.Scalar scalar && scalar.text().isEmpty()) {
                throw Failure.usage(
                    value.where() + ": " + metric + "." + key + " has no value",
                    "write a number behind it, or remove the line");
              }
            });
    return RecordBinder.fill(metric, GateBounds.NONE, keys);
  }
}
