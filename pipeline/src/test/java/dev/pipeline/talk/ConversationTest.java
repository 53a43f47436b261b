package dev.pipeline.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final ChatMessage SYSTEM = ChatMessage.system("be brief");

  private final Scripted speaker = new Scripted(1000);
  private final List<String> notes = new ArrayList<>();

  @Test
  void sendsTheSystemMessageAndAllTurnsInOrder() {
    Conversation talk = talk(new HistoryBounds(true, 10, 1000), 100);
    ask(talk, "one", "two");
    assertThat(speaker.heard.get(1))
        .containsExactly(
            SYSTEM, ChatMessage.user("one"), ChatMessage.assistant("one"), ChatMessage.user("two"));
    assertThat(notes).isEmpty();
  }

  @Test
  void keepsTheNewestTurnPairs() {
    Conversation talk = talk(new HistoryBounds(true, 2, 1000), 100);
    ask(talk, "one", "two", "three", "four");
    assertThat(questions()).containsExactly("two", "three", "four");
    assertThat(talk.history())
        .extracting(Conversation.Turn::question)
        .containsExactly("three", "four");
    assertThat(notes)
        .containsExactly("from now on the oldest turns are forgotten: MAX_CHAT_HISTORY is 2");
  }

  @Test
  void sendsNothingEarlierWithoutHistory() {
    for (HistoryBounds bounds :
        List.of(new HistoryBounds(false, 10, 1000), new HistoryBounds(true, 0, 1000))) {
      Conversation talk = talk(bounds, 100);
      ask(talk, "one", "two");
      assertThat(questions()).containsExactly("two");
      assertThat(talk.history()).isEmpty();
    }
    assertThat(notes).isEmpty();
  }

  @Test
  void dropsTheOldestWholeTurnsForTheContextWindowAndSaysSo() {
    // Two words of the system, then turns of two and two; an answer may take ten.
    Conversation talk = talk(new HistoryBounds(true, 10, 20), 10);
    ask(talk, "a a", "b b", "c c");
    // 2 + 4 + 4 + 2 + 10 is more than 20, 2 + 4 + 2 + 10 is not.
    assertThat(questions()).containsExactly("b b", "c c");
    assertThat(last().get(0)).isEqualTo(SYSTEM);
    assertThat(notes)
        .containsExactly("the oldest turn was forgotten: the context window holds 20 tokens");
  }

  @Test
  void aLoneQuestionMayHaveAShorterAnswer() {
    Conversation talk = talk(new HistoryBounds(true, 10, 16), 100);
    Reply reply = talk.ask("a b c d e f g h", Listener.DEAF, new StopButton());
    // 16 less two words of the system and eight of the question.
    assertThat(reply.tokens()).isEqualTo(6);
    assertThat(reply.stoppedBy()).isEqualTo(StoppedBy.LENGTH);
  }

  @Test
  void aQuestionBeyondTheWindowIsRefusedByName() {
    Conversation talk = talk(new HistoryBounds(true, 10, 16), 10);
    assertThatThrownBy(
            () -> talk.ask("a b c d e f g h i j k l m n", Listener.DEAF, new StopButton()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("takes 16 tokens")
        .hasMessageContaining("CONTEXT_WINDOW_SIZE");
  }

  @Test
  void forgetsOnRequest() {
    Conversation talk = talk(new HistoryBounds(true, 10, 1000), 100);
    ask(talk, "one");
    talk.reset();
    ask(talk, "two");
    assertThat(questions()).containsExactly("two");
  }

  private Conversation talk(HistoryBounds bounds, int maxTokens) {
    return new Conversation(
        speaker, SYSTEM.content(), bounds, Answering.greedy(maxTokens), notes::add);
  }

  private static void ask(Conversation talk, String... questions) {
    for (String question : questions) {
      talk.ask(question, Listener.DEAF, new StopButton());
    }
  }

  private List<ChatMessage> last() {
    return speaker.heard.get(speaker.heard.size() - 1);
  }

  private List<String> questions() {
    return last().stream()
        .filter(message -> message.role().equals("user"))
        .map(ChatMessage::content)
        .toList();
  }
}
