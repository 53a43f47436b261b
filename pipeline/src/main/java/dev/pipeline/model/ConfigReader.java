package dev.pipeline.model;

import dev.pipeline.io.Failure;
import tools.jackson.databind.JsonNode;

/** Reads typed values from a Hugging Face config.json; every refusal names the file and the key. */
final class ConfigReader {
  private static final String FIX = "restore the original config.json of the model";
  private static final int LIMIT = 1 << 24;

  private final JsonNode config;
  private final String origin;

  ConfigReader(JsonNode config, String origin) {
    this.config = config;
    this.origin = origin;
  }

  int positive(String key) {
    int value = integer(key, -1);
    if (value <= 0 || value > LIMIT) {
      throw Failure.refused(origin + ": " + key + " must be a positive whole number", FIX);
    }
    return value;
  }

  int positiveOr(String key, int fallback) {
    return config.hasNonNull(key) ? positive(key) : fallback;
  }

  int integer(String key, int fallback) {
    if (!config.hasNonNull(key)) {
      return fallback;
    }
    if (!config.get(key).isInt()) {
      throw Failure.refused(origin + ": " + key + " must be a whole number", FIX);
    }
    return config.get(key).asInt();
  }

  double number(String key, double fallback) {
    if (!config.hasNonNull(key)) {
      return fallback;
    }
    if (!config.get(key).isNumber()) {
      throw Failure.refused(origin + ": " + key + " must be a number", FIX);
    }
    return config.get(key).asDouble();
  }

  boolean flag(String key) {
    return config.path(key).asBoolean(false);
  }

  void require(String key, String expected) {
    String value = config.path(key).asString(expected);
    if (!value.equals(expected)) {
      throw Failure.refused(
          origin + ": " + key + " is " + value + ", only " + expected + " is supported", FIX);
    }
  }
}
