package dev.pipeline.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came over the wire (RFC 9112).
 *
 * @param method such as GET
 * @param path with its query
 * @param headers by their names in small letters
 */
record FakeRequest(String method, String path, Map<String, String> headers) {
  /** The next request, or null when the client went away. */
  static @Nullable FakeRequest read(InputStream in) throws IOException {
    String first = line(in);
    if (first.isEmpty()) {
      return null;
    }
    String[] words = first.split(" ", -1);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new FakeRequest(words[0], words[1], headers);
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }
}
