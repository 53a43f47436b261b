package dev.pipeline.serve.chat;

import java.util.List;

/** Finds passages of documents that speak of a question. */
public interface Grounding {
  /**
   * The passages of {@code collection} that are nearest to {@code question}, the nearest first.
   *
   * @throws dev.pipeline.io.Failure where there is no such collection
   */
  List<Passage> find(String collection, String question, int most);

  /**
   * A piece of a document.
   *
   * @param source where it stands, such as a file
   * @param similarity to the question, at most 1
   */
  record Passage(String source, String text, double similarity) {}
}
