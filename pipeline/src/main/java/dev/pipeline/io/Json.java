package dev.pipeline.io;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one JSON dialect of every file this product writes: sorted, stable keys, so that equal
 * content has equal bytes.
 */
public final class Json {
  /** The way out where a command makes the file again. */
  public static final String MADE_AGAIN =
      "restore the file or remove it and run the command that makes it";

  /** The way out where nothing makes the file again. */
  public static final String IRREPLACEABLE =
      "restore the file from a backup or mend that place by hand; nothing makes it again, so keep it";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .configure(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY, false)
          .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
          .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, true)
          .configure(DeserializationFeature.ACCEPT_FLOAT_AS_INT, false)
          .build();

  /** How Jackson names its own classes and switches, which people cannot set here. */
  private static final Pattern INTERNALS =
      Pattern.compile(", from `[^`]*`|[:,]? ?\\(?(enable |bound as |not allowed as per )?`.*");

  private Json() {}

  /** The shared mapper, immutable and thread-safe. */
  public static JsonMapper mapper() {
    return MAPPER;
  }

  /** One line of compact JSON, without a line break. */
  public static String line(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** Indented JSON for files that people open, with a final line break. */
  public static String pretty(Object value) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
  }

  /** What is wrong with the text, in one line and in the reader's words. */
  public static String fault(JacksonException error) {
    if (error instanceof ValueInstantiationException
        && error.getCause() instanceof RuntimeException own) {
      String words = String.valueOf(own.getMessage());
      // The virtual machine's own words for a missing value name code, not keys.
      return own instanceof NullPointerException && words.startsWith("Cannot ")
          ? "a value is missing that it must have"
          : words;
    }
    String first = String.valueOf(error.getOriginalMessage()).lines().findFirst().orElse("");
    return INTERNALS.matcher(first).replaceAll("");
  }

  /**
   * Parses {@code text} that a command makes again; {@code origin} is named in the error. What
   * nothing makes again is parsed with a fix of its own.
   */
  public static <T> T parse(String text, Class<T> type, String origin) {
    return parse(text, type, origin, MADE_AGAIN);
  }

  /** Parses {@code text}; the error names {@code origin}, and {@code fix} as the way out. */
  public static <T> T parse(String text, Class<T> type, String origin, String fix) {
    try {
      T value = MAPPER.readValue(text, type);
      if (value == null) {
        throw unreadable(origin, "it is null", fix);
      }
      return value;
    } catch (JacksonException e) {
      throw unreadable(origin, fault(e), fix);
    }
  }

  private static Failure unreadable(String origin, String fault, String fix) {
    return Failure.refused("cannot parse " + origin + ": " + fault, fix);
  }
}
