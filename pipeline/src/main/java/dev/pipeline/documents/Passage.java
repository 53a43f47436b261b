package dev.pipeline.documents;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.vectors.Hit;

/**
 * A piece of a document that resembles a question.
 *
 * @param path of the document, in the folder it came from
 * @param firstLine from 1
 * @param lastLine inclusive
 * @param text redacted
 * @param similarity cosine to the question, -1 to 1
 */
public record Passage(
    String path,
    @JsonProperty("first_line") int firstLine,
    @JsonProperty("last_line") int lastLine,
    String text,
    double similarity) {
  static Passage of(Hit hit) {
    return new Passage(
        hit.entry().text("path"),
        number(hit, "first_line"),
        number(hit, "last_line"),
        hit.entry().text("text"),
        hit.similarity());
  }

  private static int number(Hit hit, String key) {
    return hit.entry().payload().get(key) instanceof Number number ? number.intValue() : 0;
  }
}
