package dev.pipeline.release;

/**
 * What a template writes around one message.
 *
 * @param before text in front of the content
 * @param after text behind the content
 */
record TurnMarkers(String before, String after) {
  String around(String content) {
    return before + content + after;
  }
}
