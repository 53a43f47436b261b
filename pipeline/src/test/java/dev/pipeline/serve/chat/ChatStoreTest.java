package dev.pipeline.serve.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** What is kept of conversations that are deleted while their answer is written. */
class ChatStoreTest {
  private static final String SESSION = "s";
  private static final String CONVERSATION = "c";

  private final ChatStore store = store();

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

  private static ChatStore store() {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    return new ChatStore(source, "smoke", Clock.systemUTC());
  }
}
