package dev.pipeline.io.http;

import dev.pipeline.io.Loopback;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a browser asks, whichever server heard it.
 *
 * @param path without the query
 * @param headers by name, in any case
 * @param body cut off one byte after the largest that the server takes
 */
public record Request(String method, String path, Map<String, String> headers, byte[] body) {
  private static final String BEARER = "Bearer ";

  /** Looks headers up in any case. */
  public Request {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = copy;
  }

  /** The token that it brings as {@code Authorization: Bearer TOKEN}; RFC 9110, section 11.1. */
  public Optional<String> bearer() {
    return header("Authorization")
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()));
  }

  /**
   * Whether it names this machine and no other site's page sent it. A request for another host
   * comes from a name that was made to point here (DNS rebinding).
   */
  public boolean isForThisMachine() {
    String host = header("Host").orElse("");
    String name = host.replaceFirst(":\\d*$", "");
    boolean sameOrigin =
        header("Origin").map(origin -> origin.equals("http://" + host)).orElse(true);
    return Loopback.NAMES.contains(name) && sameOrigin;
  }

  /** The first value of the header {@code name}. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
