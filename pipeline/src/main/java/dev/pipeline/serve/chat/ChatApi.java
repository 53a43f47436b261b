package dev.pipeline.serve.chat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.io.Failure;
import dev.pipeline.serve.api.Missing;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /chat}: questions, and the conversations that they are part of. */
@RestController
@RequestMapping("/chat")
public final class ChatApi {
  private static final int MOST_MESSAGES = 1000;

  private final ChatService service;
  private final ChatStore store;

  /** Of {@code service}. */
  public ChatApi(ChatService service) {
    this.service = service;
    this.store = service.store();
  }

  /** The end of a conversation. */
  public record History(
      @JsonProperty("conversation_id") String conversationId,
      List<ChatMessageView> messages,
      @JsonProperty("total_count") int totalCount) {}

  /** A conversation in short. */
  public record Context(
      @JsonProperty("conversation_id") String conversationId,
      @JsonProperty("message_count") int messageCount,
      @JsonProperty("user_message_count") int userMessageCount,
      @JsonProperty("assistant_message_count") int assistantMessageCount,
      @JsonProperty("last_query") String lastQuery,
      @JsonProperty("last_response") String lastResponse,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("last_updated") Instant lastUpdated,
      String summary,
      int summarised) {}

  /** Which session. */
  public record SessionName(@JsonProperty("session_id") @Nullable String sessionId) {}

  @Operation(
      summary = "Asks the model; with \"stream\": true the answer comes as server-sent events")
  @PostMapping(path = "/query", consumes = MediaType.APPLICATION_JSON_VALUE)
  Object query(@RequestBody ChatQuery query) {
    Waiting.Question question = service.checked(query);
    if (Boolean.TRUE.equals(query.stream())) {
      Streamed streamed = Streamed.of(question);
      service.enter(streamed);
      return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body(streamed.emitter());
    }
    Whole whole = Whole.of(question);
    service.enter(whole);
    return whole.answer();
  }

  @Operation(summary = "The last messages of a conversation, oldest first")
  @GetMapping("/history")
  History history(
      @RequestParam("conversation_id") String id, @RequestParam(defaultValue = "50") int limit) {
    ChatConversationView conversation = conversation(id);
    int most = Math.min(MOST_MESSAGES, Math.max(0, limit));
    return new History(id, store.messages(id, most), conversation.messageCount());
  }

  @Operation(summary = "Forgets a conversation, or all of them where none is named")
  @DeleteMapping("/history")
  Cleared clear(@RequestParam(name = "conversation_id", required = false) @Nullable String id) {
    if (id == null) {
      return store.forgetAll();
    }
    conversation(id);
    return store.forget(id);
  }

  @Operation(summary = "A conversation in short: counts, the last question and answer, the summary")
  @GetMapping("/context")
  Context context(@RequestParam("conversation_id") String id) {
    ChatConversationView known = conversation(id);
    List<ChatMessageView> last = store.messages(id, 2);
    return new Context(
        id,
        known.messageCount(),
        (known.messageCount() + 1) / 2,
        known.messageCount() / 2,
        last.isEmpty() ? "" : last.get(0).content(),
        last.size() < 2 ? "" : last.get(1).content(),
        known.createdAt(),
        known.lastUpdated(),
        known.summary(),
        known.summarised());
  }

  @Operation(summary = "One session")
  @GetMapping("/session/{id}")
  ChatSessionView session(@PathVariable String id) {
    return store.session(id).orElseThrow(Missing.of("session " + id));
  }

  @Operation(summary = "The conversations of a session, the one that was used last first")
  @GetMapping("/session/{id}/conversations")
  List<ChatConversationView> conversations(@PathVariable String id) {
    session(id);
    return store.conversations(id);
  }

  @Operation(summary = "Forgets a session and all its conversations")
  @PostMapping(path = "/session/clear", consumes = MediaType.APPLICATION_JSON_VALUE)
  Cleared clearSession(@RequestBody SessionName name) {
    String id = name.sessionId();
    if (id == null) {
      throw Failure.usage("session_id is missing", "name the session to forget");
    }
    session(id);
    return store.forgetSession(id);
  }

  @Operation(summary = "All sessions, the one that was used last first")
  @GetMapping("/sessions")
  List<ChatSessionView> sessions() {
    return store.sessions();
  }

  @Operation(summary = "One conversation")
  @GetMapping("/conversation/{id}")
  ChatConversationView conversation(@PathVariable String id) {
    return store.conversation(id).orElseThrow(Missing.of("conversation " + id));
  }

  @ExceptionHandler
  ResponseEntity<Map<String, Object>> full(FullQueue full) {
    return ResponseEntity.status(503)
        .header(HttpHeaders.RETRY_AFTER, String.valueOf(full.retryAfter()))
        .contentType(MediaType.APPLICATION_JSON)
        .body(Map.of("error", String.valueOf(full.getMessage()), "retry_after", full.retryAfter()));
  }
}
