package dev.pipeline.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.Failure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is relied on of an Ollama server that talks. */
interface OllamaChatContract {
  /** Where it listens. */
  URI address();

  /** A model that it has. */
  String model();

  @Test
  default void anAnswerComesInPiecesThatMakeItUp() {
    StringBuilder told = new StringBuilder();
    try (Speaker speaker = speaker(model())) {
      Reply reply = reply(speaker, "Say yes or no.", 64, (index, piece) -> told.append(piece));
      assertThat(reply.answer()).isNotBlank().isEqualTo(told.toString());
      assertThat(reply.promptTokens()).isPositive();
      assertThat(reply.tokens()).isPositive();
      assertThat(reply.timings().tokensPerSecond()).isPositive();
    }
  }

  @Test
  default void anAnswerThatIsCutOffSaysSo() {
    try (Speaker speaker = speaker(model())) {
      Reply reply = reply(speaker, "Count from one to twenty.", 2, Listener.DEAF);
      assertThat(reply.stoppedBy()).isEqualTo(StoppedBy.LENGTH);
      assertThat(reply.tokens()).isEqualTo(2);
    }
  }

  @Test
  default void typeAndMemoryOfTheModelAreTold() {
    try (Speaker speaker = speaker(model())) {
      reply(speaker, "Yes?", 2, Listener.DEAF);
      assertThat(speaker.weights()).isNotBlank();
      Footprint footprint = speaker.footprint();
      assertThat(footprint.resident() + footprint.gpu()).isPositive();
    }
  }

  @Test
  default void aModelThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> speaker("no-such-model-anywhere"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("has no model no-such-model-anywhere");
  }

  private static Reply reply(Speaker speaker, String question, int maxTokens, Listener listener) {
    return speaker
        .answer(
            List.of(List.of(ChatMessage.user(question))),
            Answering.greedy(maxTokens),
            listener,
            new StopButton())
        .get(0);
  }

  private Speaker speaker(String name) {
    return new OllamaSpeaker(
        new OllamaChat(address(), Duration.ofMinutes(5)),
        name,
        new OllamaSpeaker.Settings(
            new OllamaChat.Options(512, Optional.empty(), Optional.empty()),
            messages -> 1,
            List.of(),
            1));
  }
}
