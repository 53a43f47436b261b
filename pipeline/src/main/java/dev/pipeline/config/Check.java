package dev.pipeline.config;

import java.util.List;
import java.util.regex.Pattern;

/** What compact constructors ask of their values; each refusal names the key. */
final class Check {
  private static final Pattern FILE_NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private Check() {}

  static void atLeast(String key, long minimum, long value) {
    if (value < minimum) {
      throw bad(key, "must be at least " + minimum + ", was " + value);
    }
  }

  static void positive(String key, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw bad(key, "must be above 0, was " + value);
    }
  }

  static void notNegative(String key, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw bad(key, "must not be below 0, was " + value);
    }
  }

  /** {@code low <= value < high}. */
  static void within(String key, double low, double high, double value) {
    if (!(value >= low && value < high)) {
      throw bad(key, "must be at least " + low + " and below " + high + ", was " + value);
    }
  }

  static void notBlank(String key, String value) {
    if (value.isBlank()) {
      throw bad(key, "must not be empty");
    }
  }

  static void notEmpty(String key, List<String> values) {
    if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
      throw bad(key, "must name at least one and no empty one, was " + values);
    }
  }

  /** A name becomes a folder or a file, so that it must not lead anywhere else. */
  static void fileName(String key, String value) {
    if (!FILE_NAME.matcher(value).matches() || value.contains("..")) {
      throw new BadValue(
          key,
          "is no plain name: \"" + value + "\"",
          "use lower-case letters, digits, '-', '_' and '.', at most 64, such as phi4-joshi");
    }
  }

  static BadValue bad(String key, String reason) {
    return new BadValue(key, reason, "give " + key + " another value");
  }
}
