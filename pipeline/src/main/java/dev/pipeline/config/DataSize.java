package dev.pipeline.config;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory.
 *
 * @param bytes the amount
 */
public record DataSize(long bytes) {
  private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([A-Za-z]+)");

  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30,
          "TiB", 1L << 40);

  /** Refuses less than a byte. */
  public DataSize {
    if (bytes < 1) {
      throw new IllegalArgumentException("no memory: " + bytes);
    }
  }

  /** Reads a number and a unit, such as {@code 38 GB}, {@code 1.5TB} or {@code 512 MiB}. */
  static DataSize parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    Long unit = UNITS.get(matcher.group(2));
    if (unit == null) {
      throw new IllegalArgumentException(text);
    }
    try {
      BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
      return new DataSize(bytes.toBigInteger().longValueExact());
    } catch (ArithmeticException tooMuch) {
      throw new IllegalArgumentException(text, tooMuch);
    }
  }

  @Override
  public String toString() {
    return bytes + " B";
  }
}
