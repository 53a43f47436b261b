package dev.pipeline.config;

import dev.pipeline.io.Failure;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns what a file says into the type a record wants. */
final class Conversions {
  private Conversions() {}

  /** {@code node} as {@code type}; refuses with place, key and the type that was expected. */
  static Object convert(String key, Type type, Node node) {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        boolean absent = node instanceof Node.Scalar scalar && scalar.text().isEmpty();
        return absent ? Optional.empty() : Optional.of(convert(key, argument, node));
      }
      if (generic.getRawType() == List.class && node instanceof Node.Items items) {
        return items.nodes().stream().map(item -> convert(key, argument, item)).toList();
      }
      throw wrong(key, node, "a list, such as [a, b]");
    }
    if (!(node instanceof Node.Scalar scalar)) {
      throw wrong(key, node, expected((Class<?>) type));
    }
    try {
      return scalar((Class<?>) type, scalar.text());
    } catch (IllegalArgumentException | DateTimeException e) {
      throw wrong(key, node, expected((Class<?>) type));
    }
  }

  private static Object scalar(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    } else if (text.isEmpty()) {
      throw new IllegalArgumentException("nothing");
    } else if (type == int.class || type == Integer.class) {
      return Integer.parseInt(text.replace("_", ""));
    } else if (type == long.class) {
      return Long.parseLong(text.replace("_", ""));
    } else if (type == double.class || type == Double.class) {
      return finite(Double.parseDouble(text));
    } else if (type == boolean.class) {
      return bool(text);
    } else if (type == Path.class) {
      return Path.of(text);
    } else if (type == URI.class) {
      return URI.create(text);
    } else if (type == Duration.class) {
      return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    } else if (type == DataSize.class) {
      return DataSize.parse(text);
    } else if (type.isEnum()) {
      return constant(type, text);
    }
    throw new IllegalStateException("no conversion to " + type);
  }

  private static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new NumberFormatException("not finite");
    }
    return value;
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Object constant(Class<?> type, String text) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> Names.snake(constant.toString()).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  /** What a key of {@code type} wants, in the words of an error. */
  static String expected(Class<?> type) {
    if (type == int.class || type == Integer.class || type == long.class) {
      return "a whole number";
    } else if (type == double.class || type == Double.class) {
      return "a number";
    } else if (type == boolean.class) {
      return "true or false";
    } else if (type == Duration.class) {
      return "a duration, such as 30s, 5m or 2h";
    } else if (type == DataSize.class) {
      return "an amount of memory, such as 38 GB or 512 MiB";
    } else if (type == URI.class) {
      return "an address, such as http://localhost:11434";
    } else if (type == Path.class) {
      return "a path";
    } else if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(constant -> Names.snake(constant.toString()))
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return "a text";
  }

  private static Failure wrong(String key, Node node, String expected) {
    return Failure.usage(
        node.where() + ": " + key + " wants " + expected + ", found " + node.kind(),
        "give " + key + " " + expected);
  }
}
