package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.text.Sentences;
import java.util.List;
import java.util.Optional;

/**
 * A good answer in its three parts.
 *
 * @param opening the sentence that acknowledges
 * @param ground what the request rests on
 * @param request the sentence that asks
 */
record Answer(String opening, String ground, String request) {
  /** The parts of {@code text}; empty when it has fewer than three sentences. */
  static Optional<Answer> of(String text) {
    List<String> sentences = Sentences.of(text);
    int last = sentences.size() - 1;
    if (last < 2) {
      return Optional.empty();
    }
    return Optional.of(
        new Answer(
            sentences.get(0), String.join(" ", sentences.subList(1, last)), sentences.get(last)));
  }

  @Override
  public String toString() {
    return opening + " " + ground + " " + request;
  }
}
