package dev.pipeline.serve.chat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sessions, their conversations and messages, of one model. A question and its answer are kept
 * together or not at all.
 */
public final class ChatStore {
  private static final String CONVERSATION =
      """
      select c.*,
        (select count(*) from chat_message m where m.conversation_id = c.conversation_id) messages,
        coalesce((select m.content from chat_message m
          where m.conversation_id = c.conversation_id and m.number = 1), '') title
      from chat_conversation c join chat_session s on s.session_id = c.session_id
      where s.model_name = :model and\s""";

  private static final String SESSION =
      """
      select s.*,
        (select count(*) from chat_conversation c where c.session_id = s.session_id) conversations
      from chat_session s where s.model_name = :model\s""";

  private final JdbcClient database;
  private final TransactionTemplate together;
  private final String model;
  private final Clock clock;

  /**
   * The conversations with {@code model} in {@code source}; makes the tables where they are
   * missing.
   */
  public ChatStore(DataSource source, String model, Clock clock) {
    ChatSchema.bringUp(source);
    this.database = JdbcClient.create(source);
    this.together = new TransactionTemplate(new JdbcTransactionManager(source));
    this.model = model;
    this.clock = clock;
  }

  /** All sessions, the one that was used last first. */
  public List<ChatSessionView> sessions() {
    return database
        .sql(SESSION + "order by s.updated_at desc, s.session_id")
        .param("model", model)
        .query((row, index) -> session(row))
        .list();
  }

  /** One session. */
  public Optional<ChatSessionView> session(String id) {
    return database
        .sql(SESSION + "and s.session_id = :id")
        .param("model", model)
        .param("id", id)
        .query((row, index) -> session(row))
        .optional();
  }

  /** Whether the id is that of a session of another model, which shares the database. */
  public boolean isOthers(String id) {
    return database
            .sql(
                "select count(*) from chat_session where session_id = :id and model_name <> :model")
            .param("id", id)
            .param("model", model)
            .query(Integer.class)
            .single()
        > 0;
  }

  /** The conversations of a session, the one that was used last first. */
  public List<ChatConversationView> conversations(String session) {
    return database
        .sql(CONVERSATION + "c.session_id = :id order by c.updated_at desc, c.conversation_id")
        .param("model", model)
        .param("id", session)
        .query((row, index) -> conversation(row))
        .list();
  }

  /** One conversation. */
  public Optional<ChatConversationView> conversation(String id) {
    return database
        .sql(CONVERSATION + "c.conversation_id = :id")
        .param("model", model)
        .param("id", id)
        .query((row, index) -> conversation(row))
        .optional();
  }

  /** The last {@code limit} messages of a conversation, oldest first. */
  public List<ChatMessageView> messages(String conversation, int limit) {
    List<ChatMessageView> newestFirst =
        new ArrayList<>(
            database
                .sql(
                    "select * from chat_message where conversation_id = :id"
                        + " order by number desc limit :limit")
                .param("id", conversation)
                .param("limit", limit)
                .query((row, index) -> message(row))
                .list());
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  /**
   * Keeps a question and its answer in a conversation that was there when the question came.
   *
   * @return false where somebody deleted it meanwhile; then nothing is kept
   */
  public boolean goOn(String session, String conversation, String question, String answer) {
    return Boolean.TRUE.equals(
        together.execute(
            status -> {
              // Locks the rows, so that who deletes them now deletes these messages, too; the
              // session's first, as forgetting it does, or each would wait for the other.
              boolean there =
                  touch("chat_session", "session_id", session, now())
                      && touch("chat_conversation", "conversation_id", conversation, now());
              if (there) {
                add(session, conversation, question, answer);
              } else {
                status.setRollbackOnly();
              }
              return there;
            }));
  }

  /** Keeps a question and its answer; begins session and conversation where they are new. */
  public void add(String session, String conversation, String question, String answer) {
    OffsetDateTime now = now();
    together.executeWithoutResult(
        status -> {
          begin(session, conversation, now);
          int last =
              database
                  .sql(
                      "select coalesce(max(number), 0) from chat_message"
                          + " where conversation_id = :id")
                  .param("id", conversation)
                  .query(Integer.class)
                  .single();
          say(conversation, last + 1, "user", question, now);
          say(conversation, last + 2, "assistant", answer, now);
        });
  }

  /** Lets {@code summary} stand for the first {@code summarised} messages. */
  public void summarise(String conversation, String summary, int summarised) {
    database
        .sql(
            "update chat_conversation set summary = :summary, summarised = :summarised"
                + " where conversation_id = :id")
        .param("summary", summary)
        .param("summarised", summarised)
        .param("id", conversation)
        .update();
  }

  /** Forgets a conversation. */
  public Cleared forget(String conversation) {
    Cleared cleared = counted(conversation(conversation).stream().toList());
    database
        .sql("delete from chat_conversation where conversation_id = :id")
        .param("id", conversation)
        .update();
    return cleared;
  }

  /** Forgets a session with all its conversations. */
  public Cleared forgetSession(String session) {
    Cleared cleared = counted(conversations(session));
    database
        .sql("delete from chat_session where session_id = :id and model_name = :model")
        .param("id", session)
        .param("model", model)
        .update();
    return cleared;
  }

  /** Forgets every session. */
  public Cleared forgetAll() {
    return sessions().stream()
        .map(one -> forgetSession(one.sessionId()))
        .reduce(new Cleared(0, 0), Cleared::plus);
  }

  private static Cleared counted(List<ChatConversationView> conversations) {
    return new Cleared(
        conversations.size(),
        conversations.stream().mapToInt(ChatConversationView::messageCount).sum());
  }

  private void begin(String session, String conversation, OffsetDateTime now) {
    if (!touch("chat_session", "session_id", session, now)) {
      database
          .sql("insert into chat_session values (:id, :model, :now, :now)")
          .param("id", session)
          .param("model", model)
          .param("now", now)
          .update();
    }
    if (!touch("chat_conversation", "conversation_id", conversation, now)) {
      database
          .sql("insert into chat_conversation values (:id, :session, :now, :now, '', 0)")
          .param("id", conversation)
          .param("session", session)
          .param("now", now)
          .update();
    }
  }

  /** Says that the row was used; returns whether it is there. */
  private boolean touch(String table, String key, String id, OffsetDateTime now) {
    return database
            .sql("update " + table + " set updated_at = :now where " + key + " = :id")
            .param("now", now)
            .param("id", id)
            .update()
        > 0;
  }

  private void say(
      String conversation, int number, String role, String content, OffsetDateTime now) {
    database
        .sql("insert into chat_message values (:id, :number, :role, :content, :now)")
        .param("id", conversation)
        .param("number", number)
        .param("role", role)
        .param("content", content)
        .param("now", now)
        .update();
  }

  private static ChatSessionView session(ResultSet row) throws SQLException {
    return new ChatSessionView(
        row.getString("session_id"),
        time(row, "created_at"),
        time(row, "updated_at"),
        row.getInt("conversations"));
  }

  private static ChatConversationView conversation(ResultSet row) throws SQLException {
    return new ChatConversationView(
        row.getString("conversation_id"),
        row.getString("session_id"),
        time(row, "created_at"),
        time(row, "updated_at"),
        row.getInt("messages"),
        row.getString("title"),
        row.getString("summary"),
        row.getInt("summarised"));
  }

  private static ChatMessageView message(ResultSet row) throws SQLException {
    return new ChatMessageView(
        row.getInt("number"),
        row.getString("role"),
        row.getString("content"),
        time(row, "created_at"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private OffsetDateTime now() {
    return OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
