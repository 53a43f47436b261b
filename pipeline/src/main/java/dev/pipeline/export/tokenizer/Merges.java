package dev.pipeline.export.tokenizer;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The merges of a tokenizer.json, the first to be made first. */
final class Merges {
  private Merges() {}

  /** Two tokens that join to one. */
  record Pair(String left, String right) {
    String whole() {
      return left + right;
    }
  }

  /** Newer files hold pairs, older ones one text with a space between. */
  static List<Pair> of(JsonNode tokenizer) {
    return tokenizer
        .path("model")
        .path("merges")
        .valueStream()
        .map(
            merge ->
                merge.isArray()
                    ? new Pair(merge.path(0).asString(""), merge.path(1).asString(""))
                    : cut(merge.asString("")))
        .toList();
  }

  private static Pair cut(String merge) {
    int space = merge.indexOf(' ', 1);
    return space < 0
        ? new Pair(merge, "")
        : new Pair(merge.substring(0, space), merge.substring(space + 1));
  }
}
