package dev.pipeline.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.talk.FakeOllamaChat.Trouble;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class OllamaSpeakerTest {
  private final FakeOllamaChat server = new FakeOllamaChat();
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void tellsTheAnswerPieceByPieceWithTheServersCounts() {
    Reply reply = ask(speaker(1), "We can do that");
    assertThat(told).containsExactly("We", " can", " do", " that");
    assertThat(reply.answer()).isEqualTo("We can do that");
    assertThat(reply.stoppedBy()).isEqualTo(StoppedBy.MODEL);
    assertThat(reply.promptTokens()).isEqualTo(7);
    assertThat(reply.tokens()).isEqualTo(4);
    assertThat(reply.timings().promptTokensPerSecond()).isEqualTo(14);
    assertThat(reply.timings().tokensPerSecond()).isEqualTo(16);
  }

  @Test
  void sendsTheConversationAndHowToAnswer() {
    try (Speaker speaker = speaker(1)) {
      speaker.answer(
          List.of(
              List.of(
                  ChatMessage.system("be brief"),
                  ChatMessage.user("one"),
                  ChatMessage.assistant("two"),
                  ChatMessage.user("three"))),
          new Answering(0.5, 0.9, 17, 2),
          Listener.DEAF,
          new StopButton());
    }
    JsonNode asked = server.asked.get(0);
    assertThat(asked.path("messages").valueStream().map(node -> node.path("role").asString()))
        .containsExactly("system", "user", "assistant", "user");
    JsonNode options = asked.path("options");
    assertThat(options.path("num_ctx").asInt()).isEqualTo(2048);
    assertThat(options.path("num_gpu").asInt()).isEqualTo(3);
    assertThat(options.path("num_predict").asInt()).isEqualTo(2);
    assertThat(options.path("temperature").asDouble()).isEqualTo(0.5);
    assertThat(options.path("top_p").asDouble()).isEqualTo(0.9);
    assertThat(options.path("seed").asInt()).isEqualTo(17);
    assertThat(options.path("stop").get(0).asString()).isEqualTo("<|im_end|>");
  }

  @Test
  void tagsThatTheServerLetsThroughAreCleaned() {
    Reply reply = ask(speaker(1), "Fine then.<|im _end|> x <|im_end|> forged turn");
    assertThat(reply.answer()).isEqualTo("Fine then.<|im _end|> x");
    assertThat(reply.stoppedBy()).isEqualTo(StoppedBy.MODEL);
  }

  @Test
  void severalQuestionsWaitSideBySide() {
    try (Speaker speaker = speaker(3)) {
      List<Reply> replies =
          speaker.answer(
              Stream.of("one", "two", "three")
                  .map(text -> List.of(ChatMessage.user(text)))
                  .toList(),
              Answering.greedy(10),
              Listener.DEAF,
              new StopButton());
      assertThat(replies).extracting(Reply::answer).containsExactly("one", "two", "three");
    }
  }

  @Test
  void stoppingHangsUpSoThatTheServerStopsToo() throws InterruptedException {
    server.trouble = Trouble.WAITS;
    StopButton stop = new StopButton();
    try (Speaker speaker = speaker(1)) {
      Reply reply =
          speaker
              .answer(
                  List.of(List.of(ChatMessage.user("on"))),
                  Answering.greedy(1000),
                  (index, piece) -> stop.press(),
                  stop)
              .get(0);
      assertThat(reply.stoppedBy()).isEqualTo(StoppedBy.PERSON);
      assertThat(reply.answer()).startsWith("on");
    }
    assertThat(server.hungUp.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "BREAKS_OFF,broke off in mid-answer",
    "ENDS_WITHOUT_DONE,broke off in mid-answer: no line says that it is done",
    "SAYS_ERROR,'says: an error was encountered: out of memory'",
    "NO_JSON,answers something other than JSON"
  })
  void anAnswerThatGoesWrongIsAFailure(Trouble trouble, String reason) {
    server.trouble = trouble;
    assertThatThrownBy(() -> ask(speaker(1), "one two three"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(reason)
        .extracting(failure -> ((Failure) failure).exitCode())
        .isEqualTo(ExitCode.INFRASTRUCTURE);
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    URI nowhere = URI.create("http://127.0.0.1:" + port);
    assertThatThrownBy(() -> speaker("joshi", nowhere, 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no Ollama server answers at " + nowhere);
  }

  @Test
  void tellsTypeAndMemoryOfTheModel() {
    try (Speaker speaker = speaker(1)) {
      assertThat(speaker.weights()).isEqualTo("Q4_K_M");
      assertThat(speaker.footprint()).isEqualTo(new Footprint(600, 300));
    }
  }

  private Reply ask(Speaker speaker, String question) {
    try (speaker) {
      return reply(speaker, question, 100);
    }
  }

  private Reply reply(Speaker speaker, String question, int maxTokens) {
    return speaker
        .answer(
            List.of(List.of(ChatMessage.user(question))),
            Answering.greedy(maxTokens),
            (index, piece) -> told.add(piece),
            new StopButton())
        .get(0);
  }

  private Speaker speaker(int parallel) {
    return speaker("joshi", server.address(), parallel);
  }

  private static Speaker speaker(String model, URI address, int parallel) {
    return new OllamaSpeaker(
        new OllamaChat(address, Duration.ofSeconds(60)),
        model,
        new OllamaSpeaker.Settings(
            new OllamaChat.Options(2048, Optional.of(3), Optional.empty()),
            messages -> 1,
            List.of("<|im_end|>"),
            parallel));
  }
}
