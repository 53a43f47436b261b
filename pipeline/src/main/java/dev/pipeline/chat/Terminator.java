package dev.pipeline.chat;

import dev.pipeline.io.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a chat template writes after an answer. It is trained with every answer, and nothing else
 * teaches a model to stop.
 *
 * @param text such as {@code <|im_end|>}; empty when the template writes nothing
 */
public record Terminator(String text) {
  private static final String ANSWER = "probe-answer";

  /** The terminator of {@code template}. */
  public static Terminator of(ChatTemplate template) {
    String rendered =
        template.render(List.of(ChatMessage.user("probe"), ChatMessage.assistant(ANSWER)), false);
    int at = rendered.lastIndexOf(ANSWER);
    return new Terminator(at < 0 ? "" : rendered.substring(at + ANSWER.length()));
  }

  /** The first of {@code words} that is learned with each answer. */
  public Optional<String> among(Collection<String> words) {
    return words.stream().filter(text::contains).findFirst();
  }

  /** Refuses stop words that no training row ends with: the model would never write one. */
  public void requireAmong(List<String> stopWords) {
    if (!stopWords.isEmpty() && among(stopWords).isEmpty()) {
      throw Failure.refused(
          "the chat template ends an answer with \""
              + text.strip()
              + "\", which is none of stop_words "
              + stopWords,
          "name the terminator in stop_words, or correct known_as (MODEL_NAME)");
    }
  }
}
