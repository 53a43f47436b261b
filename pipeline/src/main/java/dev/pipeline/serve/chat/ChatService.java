package dev.pipeline.serve.chat;

import dev.pipeline.io.Failure;
import dev.pipeline.serve.api.Missing;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks questions before they wait, and says whose they are. */
public final class ChatService {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,35}");

  private final ChatStore store;
  private final ChatDesk desk;
  private final int longest;

  /**
   * A service.
   *
   * @param longest characters of a question
   */
  ChatService(ChatStore store, ChatDesk desk, int longest) {
    this.store = store;
    this.desk = desk;
    this.longest = longest;
  }

  /** The question with its session and conversation; refuses what no model should read. */
  Waiting.Question checked(ChatQuery query) {
    String text = Objects.requireNonNullElse(query.query(), "").strip();
    if (text.isEmpty()) {
      throw Failure.usage("query is missing", "ask something");
    }
    if (text.indexOf('\0') >= 0) {
      // PostgreSQL keeps no such text, which would show after the model has answered.
      throw Failure.usage("query has a NUL character", "leave it out");
    }
    if (text.length() > longest) {
      throw Failure.usage(
          "query has %d characters, %d are allowed".formatted(text.length(), longest),
          "ask in fewer words");
    }
    requireInRange(query);
    Optional<ChatConversationView> known =
        Optional.ofNullable(query.conversationId())
            .map(id -> store.conversation(id).orElseThrow(Missing.of("conversation " + id)));
    String session =
        known
            .map(ChatConversationView::sessionId)
            .orElseGet(() -> id("session_id", query.sessionId()));
    if (query.sessionId() != null && !query.sessionId().equals(session)) {
      throw Failure.usage(
          "the conversation belongs to another session", "leave session_id out, or name that one");
    }
    if (store.isOthers(session)) {
      throw Failure.usage(
          "session_id is that of a session with another model", "leave it out, or choose another");
    }
    String conversation =
        known.map(ChatConversationView::conversationId).orElseGet(ChatService::fresh);
    return new Waiting.Question(session, conversation, query);
  }

  /** Lets {@code who} wait for the model. */
  void enter(Waiting who) {
    desk.enter(who);
  }

  ChatStore store() {
    return store;
  }

  /** By the names that a request gives them. */
  private static void requireInRange(ChatQuery query) {
    Integer maxTokens = query.maxTokens();
    if (maxTokens != null && maxTokens < 1) {
      throw Failure.usage("max_tokens is " + maxTokens, "give a number of at least 1");
    }
    Double temperature = query.temperature();
    if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
      throw Failure.usage("temperature is " + temperature, "give a number from 0 to 2");
    }
  }

  private static String id(String key, @Nullable String given) {
    if (given == null) {
      return fresh();
    }
    if (!ID.matcher(given).matches()) {
      throw Failure.usage(
          key + " is no id", "leave it out, or use up to 36 letters, digits, '-', '_' and '.'");
    }
    return given;
  }

  private static String fresh() {
    return UUID.randomUUID().toString();
  }
}
