package dev.pipeline.serve.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.talk.StoppedBy;
import java.util.List;

/**
 * What was answered.
 *
 * @param stoppedBy why it ended: stop, length, context, interrupted
 * @param waitedSeconds in the queue; to the millisecond
 * @param seconds from the queue to the end, the summary that was due included; to the millisecond
 * @param sources documents that went with the question
 * @param notes what was forgotten or summarised, in sentences
 */
public record ChatAnswer(
    @JsonProperty("session_id") String sessionId,
    @JsonProperty("conversation_id") String conversationId,
    String response,
    String model,
    int tokens,
    @JsonProperty("prompt_tokens") int promptTokens,
    @JsonProperty("stopped_by") StoppedBy stoppedBy,
    @JsonProperty("waited_seconds") double waitedSeconds,
    double seconds,
    List<Grounding.Passage> sources,
    List<String> notes) {
  private static final double MILLIS = 1e3;

  /** Copies the lists, rounds the times. */
  public ChatAnswer {
    waitedSeconds = Math.round(waitedSeconds * MILLIS) / MILLIS;
    seconds = Math.round(seconds * MILLIS) / MILLIS;
    sources = List.copyOf(sources);
    notes = List.copyOf(notes);
  }
}
