package dev.pipeline.serve.chat;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.talk.StopButton;
import java.io.IOException;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One who hears the answer while it is written, as server-sent events: {@code queued} with position
 * and seconds, {@code piece} with text, then {@code done} with the answer or {@code error}.
 */
record Streamed(Question question, StopButton stop, SseEmitter emitter) implements Waiting {
  static Streamed of(Question question) {
    // Waiting may take long, and a silent connection tells by itself when it breaks.
    SseEmitter emitter = new SseEmitter(0L);
    Streamed streamed = new Streamed(question, new StopButton(), emitter);
    emitter.onError(gone -> streamed.stop.press());
    emitter.onTimeout(streamed.stop::press);
    return streamed;
  }

  @Override
  public void queued(int position, double waitSeconds) {
    send(
        "queued",
        Map.of(
            "position",
            position,
            "wait_seconds",
            Math.round(waitSeconds),
            "session_id",
            question.sessionId(),
            "conversation_id",
            question.conversationId()));
  }

  @Override
  public void said(String piece) {
    send("piece", Map.of("text", piece));
  }

  @Override
  public void answered(ChatAnswer answer) {
    send("done", answer);
    emitter.complete();
  }

  @Override
  public void failed(RuntimeException why) {
    send(
        "error",
        why instanceof Failure failure
            ? Map.of("error", failure.reason(), "fix", failure.fix())
            : Map.of("error", "this went wrong on our side; the log says more"));
    emitter.complete();
  }

  private void send(String event, Object data) {
    try {
      emitter.send(SseEmitter.event().name(event).data(Json.line(data), MediaType.TEXT_PLAIN));
    } catch (IOException | IllegalStateException gone) {
      stop.press();
    }
  }
}
