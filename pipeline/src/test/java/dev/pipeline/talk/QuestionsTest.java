package dev.pipeline.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.ChatMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QuestionsTest {
  @Test
  void answersInBatchesAndInOrder() {
    Scripted speaker = new Scripted(100, 2, Integer.MAX_VALUE);
    List<Reply> replies = ask(speaker, 10, "one", "two", "three");
    assertThat(replies).extracting(Reply::answer).containsExactly("one", "two", "three");
    assertThat(speaker.batches).containsExactly(2, 1);
  }

  @Test
  void aLongQuestionDoesNotShortenItsNeighboursAnswers() {
    Scripted speaker = new Scripted(16, 3, Integer.MAX_VALUE);
    List<Reply> replies = ask(speaker, 8, "a b c", "a b c d e f g h i j", "d e f");
    assertThat(replies).extracting(Reply::tokens).containsExactly(3, 6, 3);
    assertThat(speaker.batches).containsExactly(2, 1);
  }

  @Test
  void whatDoesNotFitIsRefusedByItsNumberBeforeAnythingIsAnswered() {
    Scripted speaker = new Scripted(4, 3, Integer.MAX_VALUE);
    assertThatThrownBy(() -> ask(speaker, 2, "a", "a b c d e"))
        .hasMessageContaining("question 2 takes 5 tokens");
    assertThat(speaker.heard).isEmpty();
  }

  private static List<Reply> ask(Speaker speaker, int maxTokens, String... questions) {
    return new Questions(
            speaker,
            Answering.greedy(maxTokens),
            Stream.of(questions).map(text -> List.of(ChatMessage.user(text))).toList())
        .answer(Listener.DEAF, new StopButton());
  }
}
