package dev.pipeline.serve.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is kept of conversations that are deleted while their answer is written. */
class ChatStoreTest {
  private static final String SESSION = "s";
  private static final String CONVERSATION = "c";

  private final JdbcDataSource source = source();
  private final Sometime clock = new Sometime();
  private final ChatStore store = new ChatStore(source, "smoke", clock);

  /** Goes on by a second whenever it is looked at. */
  private static final class Sometime extends Clock {
    private final AtomicLong seconds = new AtomicLong();

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(seconds.incrementAndGet());
    }
  }

  @Test
  void aConversationThatWasDeletedMeanwhileStaysDeleted() {
    store.add(SESSION, CONVERSATION, "What of steel?", "It rises.");
    assertThat(store.forget(CONVERSATION)).isEqualTo(new Cleared(1, 2));
    assertThat(store.goOn(SESSION, CONVERSATION, "And freight?", "It falls.")).isFalse();
    assertThat(store.conversation(CONVERSATION)).isEmpty();
    assertThat(store.messages(CONVERSATION, 10)).isEmpty();
  }

  @Test
  void aSessionThatWasDeletedMeanwhileStaysDeleted() {
    store.add(SESSION, CONVERSATION, "What of steel?", "It rises.");
    assertThat(store.forgetSession(SESSION)).isEqualTo(new Cleared(1, 2));
    assertThat(store.goOn(SESSION, CONVERSATION, "And freight?", "It falls.")).isFalse();
    assertThat(store.sessions()).isEmpty();
  }

  @Test
  void aConversationThatIsThereGoesOn() {
    store.add(SESSION, CONVERSATION, "What of steel?", "It rises.");
    assertThat(store.goOn(SESSION, CONVERSATION, "And freight?", "It falls.")).isTrue();
    assertThat(store.messages(CONVERSATION, 10))
        .extracting(ChatMessageView::content)
        .containsExactly("What of steel?", "It rises.", "And freight?", "It falls.");
    assertThat(store.conversations(SESSION)).hasSize(1);
  }

  @Test
  void anAnswerThatIsNotKeptLeavesItsSessionAsItWas() {
    store.add(SESSION, CONVERSATION, "What of steel?", "It rises.");
    store.forget(CONVERSATION);
    ChatSessionView before = store.session(SESSION).orElseThrow();
    assertThat(store.goOn(SESSION, CONVERSATION, "And freight?", "It falls.")).isFalse();
    assertThat(store.session(SESSION)).contains(before);
  }

  @Test
  @Timeout(60)
  void whoGoesOnHoldsNothingThatWhoForgetsTheSessionWaitsFor() throws Exception {
    store.add(SESSION, CONVERSATION, "What of steel?", "It rises.");
    try (Connection forgetting = source.getConnection();
        Statement step = forgetting.createStatement()) {
      forgetting.setAutoCommit(false);
      step.execute("select * from chat_session for update");
      CompletableFuture<Boolean> going =
          CompletableFuture.supplyAsync(
              () -> store.goOn(SESSION, CONVERSATION, "And freight?", "It falls."));
      awaitBlocked();
      step.execute("delete from chat_session");
      forgetting.commit();
      assertThat(going.join()).isFalse();
    }
    assertThat(store.messages(CONVERSATION, 10)).isEmpty();
  }

  private void awaitBlocked() {
    JdbcClient others = JdbcClient.create(source);
    while (others
            .sql("select count(*) from information_schema.sessions where blocker_id is not null")
            .query(Integer.class)
            .single()
        == 0) {
      Thread.onSpinWait();
    }
  }

  private static JdbcDataSource source() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=20000");
    return source;
  }
}
