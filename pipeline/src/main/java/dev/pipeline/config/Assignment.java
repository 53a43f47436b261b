package dev.pipeline.config;

import dev.pipeline.io.Failure;
import java.util.LinkedHashMap;
import java.util.Map;

/** One {@code key=value} of the command line, which wins over the files. */
record Assignment(Section section, String key, Node value) {
  /** Reads {@code text}; {@code verb} is the section that an ambiguous key means. */
  static Assignment parse(String text, String verb) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw Failure.usage(
          "\"" + text + "\" is no override", "write it as key=value, such as sft.num_epochs=2");
    }
    String name = text.substring(0, equals);
    Node value = YamlReader.readValue(text.substring(equals + 1), text);
    int dot = name.indexOf('.');
    Section section =
        dot < 0
            ? Section.owning(name, verb)
            : Section.named(name.substring(0, dot), "the override " + text);
    return new Assignment(section, name.substring(dot + 1), value);
  }

  /** Puts the value where the files' values are. */
  void applyTo(Map<Section, Node.Fields> fields) {
    Node.Fields given = fields.get(section);
    Map<String, Node> nodes =
        given == null ? new LinkedHashMap<>() : new LinkedHashMap<>(given.nodes());
    nodes.put(key, value);
    fields.put(section, new Node.Fields(nodes, "the command line"));
  }
}
