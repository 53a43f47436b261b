package dev.pipeline.fetch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which bytes an answer holds (RFC 9110, 14.4).
 *
 * @param start the first byte
 * @param total bytes of the whole, -1 when the server does not say
 */
record ContentRange(long start, long total) {
  private static final Pattern TEXT =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

  static Optional<ContentRange> parse(@Nullable String header) {
    Matcher matcher = TEXT.matcher(header == null ? "" : header.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String total = matcher.group(3);
    return Optional.of(
        new ContentRange(
            Long.parseLong(matcher.group(1)), total.equals("*") ? -1 : Long.parseLong(total)));
  }
}
