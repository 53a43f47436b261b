package dev.pipeline.evaluate.review;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a browser asks, whichever server heard it.
 *
 * @param path without the query
 * @param headers by name, in any case
 * @param body at most {@link ReviewSite#LARGEST_BODY} bytes and one
 */
record Request(String method, String path, Map<String, String> headers, byte[] body) {
  Request {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = copy;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
