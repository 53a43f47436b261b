package dev.pipeline.data.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Typed access to a JSON object that names the key when a value is not what it should be. */
public final class Fields {
  private final JsonNode node;
  private final String path;

  private Fields(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /** The fields of {@code node}; throws {@link MalformedLine} when it is no object. */
  public static Fields of(JsonNode node) {
    if (!node.isObject()) {
      throw new MalformedLine("the line is no JSON object");
    }
    return new Fields(node, "");
  }

  /** Whether {@code key} stands there and is not null. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Whether {@code key} holds a text. */
  public boolean isText(String key) {
    return has(key) && node.get(key).isString();
  }

  /** A text, repaired where its encoding was damaged. */
  public String text(String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isString()) {
      throw wrong(key, "a text");
    }
    return TextRepair.repair(value.stringValue());
  }

  /** Absent and null are empty; any other type is an error. */
  public String textOrEmpty(String key) {
    return has(key) ? text(key) : "";
  }

  /** A whole number of at least 1. */
  public int positive(String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(key, "a whole number");
    }
    if (value.intValue() < 1) {
      throw wrong(key, "at least 1");
    }
    return value.intValue();
  }

  /** A nested object. */
  public Fields object(String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isObject()) {
      throw wrong(key, "an object");
    }
    return new Fields(value, path + key + ".");
  }

  /** A nested object that may be absent. */
  public Optional<Fields> optionalObject(String key) {
    return has(key) ? Optional.of(object(key)) : Optional.empty();
  }

  /** A list of objects. */
  public List<Fields> objects(String key) {
    List<Fields> objects = new ArrayList<>();
    for (JsonNode element : list(key)) {
      String elementPath = path + key + "[" + objects.size() + "].";
      if (!element.isObject()) {
        throw new MalformedLine(elementPath + " must be an object");
      }
      objects.add(new Fields(element, elementPath));
    }
    return objects;
  }

  /** One object or a list of them; the error says that {@code expected} should stand there. */
  public List<Fields> oneOrMore(String key, String expected) {
    if (!has(key) || !node.get(key).isContainer()) {
      throw wrong(key, expected);
    }
    return node.get(key).isObject() ? List.of(object(key)) : objects(key);
  }

  /** A list of texts. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(key)) {
      if (!element.isString()) {
        throw wrong(key, "a list of texts");
      }
      texts.add(TextRepair.repair(element.stringValue()));
    }
    return texts;
  }

  /** The error of a value that is not {@code expected}. */
  public MalformedLine wrong(String key, String expected) {
    String problem = has(key) ? "must be " : "is missing; it must be ";
    return new MalformedLine("'" + path + key + "' " + problem + expected);
  }

  private JsonNode list(String key) {
    JsonNode value = node.get(key);
    if (value == null || !value.isArray()) {
      throw wrong(key, "a list");
    }
    return value;
  }
}
