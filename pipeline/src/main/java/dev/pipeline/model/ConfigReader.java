package dev.pipeline.model;

import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads typed values from a Hugging Face config.json; every refusal names the file and the key. */
final class ConfigReader {
  private static final String FIX = "restore the original config.json of the model";
  private static final int LIMIT = 1 << 24;

  /** Names and shapes of every layer are written down before a weight is looked for. */
  static final int MOST_LAYERS = 1 << 12;

  private final JsonNode config;
  private final String origin;

  ConfigReader(JsonNode config, String origin) {
    this.config = config;
    this.origin = origin;
  }

  /** A reader of the object under {@code key}; of an empty one when there is none. */
  ConfigReader inside(String key) {
    if (config.hasNonNull(key) && !config.get(key).isObject()) {
      throw refused(key + " must be an object or null, not " + config.get(key));
    }
    return new ConfigReader(config.path(key), origin + ": " + key);
  }

  /** Whether {@code key} holds something other than null or an empty object. */
  boolean has(String key) {
    return config.hasNonNull(key) && !(config.get(key).isObject() && config.get(key).isEmpty());
  }

  List<String> keys() {
    return config.propertyNames().stream().sorted().toList();
  }

  int positive(String key) {
    int value = integer(key, -1);
    if (value <= 0 || value > LIMIT) {
      throw refused(key + " must be a positive whole number");
    }
    return value;
  }

  int layers() {
    int layers = positive("num_hidden_layers");
    if (layers > MOST_LAYERS) {
      throw refused("num_hidden_layers is " + layers + ", more than " + MOST_LAYERS);
    }
    return layers;
  }

  int positiveOr(String key, int fallback) {
    return config.hasNonNull(key) ? positive(key) : fallback;
  }

  int integer(String key, int fallback) {
    if (!config.hasNonNull(key)) {
      return fallback;
    }
    if (!config.get(key).isInt()) {
      throw refused(key + " must be a whole number");
    }
    return config.get(key).asInt();
  }

  double number(String key, double fallback) {
    if (!config.hasNonNull(key)) {
      return fallback;
    }
    if (!config.get(key).isNumber() || !Double.isFinite(config.get(key).asDouble())) {
      throw refused(key + " must be a number");
    }
    return config.get(key).asDouble();
  }

  double positiveNumber(String key, double fallback) {
    double value = number(key, fallback);
    if (!(value > 0)) {
      throw refused(key + " must be a positive number, not " + value);
    }
    return value;
  }

  boolean flag(String key) {
    return config.path(key).asBoolean(false);
  }

  String text(String key, String fallback) {
    return config.path(key).asString(fallback);
  }

  List<String> texts(String key) {
    return config.path(key).valueStream().map(node -> node.asString("")).toList();
  }

  /** The values of an object whose keys count from 0, such as {@code id2label}. */
  List<String> numberedTexts(String key) {
    JsonNode object = config.path(key);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < object.size(); i++) {
      if (!object.path(String.valueOf(i)).isString()) {
        throw refused(key + " must hold a text for each of 0 to " + (object.size() - 1));
      }
      texts.add(object.path(String.valueOf(i)).asString());
    }
    return texts;
  }

  List<Float> positiveNumbers(String key, int count) {
    List<Float> numbers = new ArrayList<>();
    for (JsonNode node : config.path(key)) {
      numbers.add((float) node.asDouble(0));
    }
    if (numbers.size() != count || numbers.stream().anyMatch(number -> !(number > 0))) {
      throw refused(key + " must hold " + count + " positive numbers");
    }
    return numbers;
  }

  void require(String key, String expected) {
    String value = text(key, expected);
    if (!value.equals(expected)) {
      throw refused(key + " is " + value + ", only " + expected + " is supported");
    }
  }

  /** The key-value heads, checked against the heads. */
  int keyValueHeads(int heads, int fallback) {
    int keyValueHeads = positiveOr("num_key_value_heads", fallback);
    if (heads % keyValueHeads != 0) {
      throw refused(
          "num_attention_heads " + heads + " does not fit num_key_value_heads " + keyValueHeads);
    }
    return keyValueHeads;
  }

  Failure refused(String problem) {
    return refused(problem, FIX);
  }

  Failure refused(String problem, String fix) {
    return Failure.refused(origin + ": " + problem, fix);
  }
}
