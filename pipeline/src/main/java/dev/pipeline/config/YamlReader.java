package dev.pipeline.config;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads YAML into {@link Node}s that know their file and line. */
final class YamlReader {
  private static final YAMLMapper MAPPER = new YAMLMapper();

  private final String origin;
  private final JsonParser parser;

  private YamlReader(String origin, JsonParser parser) {
    this.origin = origin;
    this.parser = parser;
  }

  /** Reads a file; an empty one holds no keys. */
  static Node.Fields readFile(Path file) {
    try {
      Node node = read(Files.readString(file), file.toString());
      if (node instanceof Node.Fields fields) {
        return fields;
      }
      throw Failure.usage(
          node.where() + ": expected keys and values, found " + node.kind(),
          "write one \"key: value\" a line");
    } catch (IOException e) {
      throw Failure.usage(
          "cannot read " + file + ": " + e.getMessage(),
          "check that the file exists, is readable and is UTF-8");
    }
  }

  /** Reads one value, such as the right-hand side of a {@code key=value} override. */
  static Node readValue(String text, String origin) {
    return text.isBlank() ? new Node.Scalar("", origin) : read(text, origin);
  }

  private static Node read(String text, String origin) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      if (parser.nextToken() == null) {
        return new Node.Fields(Map.of(), origin);
      }
      return new YamlReader(origin, parser).node();
    } catch (JacksonException e) {
      String line = e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
      throw Failure.usage(
          origin + line + ": not valid YAML: " + Json.fault(e),
          "mend the line; strings with a colon or a # need quotes");
    }
  }

  private Node node() {
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields();
      case START_ARRAY -> items();
      case VALUE_NULL -> new Node.Scalar("", where());
      default -> new Node.Scalar(parser.getString(), where());
    };
  }

  private Node.Fields fields() {
    String start = where();
    Map<String, Node> nodes = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String where = where();
      parser.nextToken();
      if (nodes.putIfAbsent(key, node()) != null) {
        throw Failure.usage(
            where + ": the key \"" + key + "\" stands here a second time", "keep one of the two");
      }
    }
    return new Node.Fields(nodes, start);
  }

  private Node.Items items() {
    String start = where();
    List<Node> nodes = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      nodes.add(node());
    }
    return new Node.Items(nodes, start);
  }

  private String where() {
    return origin.contains("=") ? origin : origin + ":" + parser.currentTokenLocation().getLineNr();
  }
}
