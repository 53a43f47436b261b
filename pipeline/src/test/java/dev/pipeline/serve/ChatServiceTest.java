package dev.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Json;
import dev.pipeline.talk.Answering;
import dev.pipeline.talk.Footprint;
import dev.pipeline.talk.Listener;
import dev.pipeline.talk.Reply;
import dev.pipeline.talk.Scripted;
import dev.pipeline.talk.Speaker;
import dev.pipeline.talk.StopButton;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The chat over real HTTP and a real database, with a speaker that echoes. */
@Timeout(60)
class ChatServiceTest {
  @TempDir Path home;

  /** A speaker that waits until it may answer. */
  private record Held(Scripted voice, CountDownLatch entered, CountDownLatch mayAnswer)
      implements Speaker {
    static Held fresh() {
      return new Held(new Scripted(1000), new CountDownLatch(1), new CountDownLatch(1));
    }

    @Override
    public List<Reply> answer(
        List<List<ChatMessage>> asked, Answering how, Listener listener, StopButton stop) {
      entered.countDown();
      try {
        mayAnswer.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return voice.answer(asked, how, listener, stop);
    }

    @Override
    public String name() {
      return "held";
    }

    @Override
    public String weights() {
      return voice.weights();
    }

    @Override
    public int contextTokens() {
      return voice.contextTokens();
    }

    @Override
    public int parallel() {
      return 1;
    }

    @Override
    public int count(List<ChatMessage> conversation) {
      return voice.count(conversation);
    }

    @Override
    public Footprint footprint() {
      return voice.footprint();
    }

    @Override
    public void close() {}
  }

  @Test
  void keepsSessionsAndConversationsOverARestart() {
    PipelineConfig config = Served.config(home);
    String session;
    String conversation;
    try (Served served = Served.start(config, false, () -> new Scripted(1000))) {
      JsonNode first = ask(served, "{\"query\": \"What of steel?\"}");
      session = first.get("session_id").asString();
      conversation = first.get("conversation_id").asString();
      assertThat(first.get("response").asString()).isEqualTo("What of steel?");
      ask(
          served,
          "{\"query\": \"And freight?\", \"conversation_id\": \"%s\"}".formatted(conversation));
      ask(served, "{\"query\": \"Another matter\", \"session_id\": \"%s\"}".formatted(session));
    }
    Scripted voice = new Scripted(1000);
    try (Served served = Served.start(config, false, () -> voice)) {
      JsonNode history = served.json("/chat/history?limit=3&conversation_id=" + conversation);
      assertThat(history.get("total_count").asInt()).isEqualTo(4);
      assertThat(history.get("messages")).hasSize(3);
      assertThat(history.at("/messages/2/content").asString()).isEqualTo("And freight?");
      JsonNode context = served.json("/chat/context?conversation_id=" + conversation);
      assertThat(context.get("last_query").asString()).isEqualTo("And freight?");
      assertThat(context.get("user_message_count").asInt()).isEqualTo(2);
      assertThat(served.json("/chat/sessions")).hasSize(1);
      assertThat(served.json("/chat/session/" + session).get("conversation_count").asInt())
          .isEqualTo(2);
      assertThat(served.json("/chat/session/" + session + "/conversations")).hasSize(2);
      assertThat(served.json("/chat/conversation/" + conversation).get("title").asString())
          .isEqualTo("What of steel?");
      ask(served, "{\"query\": \"So?\", \"conversation_id\": \"%s\"}".formatted(conversation));
      assertThat(voice.heard.get(0).stream().map(ChatMessage::content))
          .contains("What of steel?", "And freight?", "So?")
          .doesNotContain("Another matter");
      assertThat(
              served.send("DELETE", "/chat/history?conversation_id=" + conversation, null).status())
          .isEqualTo(200);
      assertThat(served.get("/chat/conversation/" + conversation).status()).isEqualTo(404);
      assertThat(
              served
                  .post("/chat/session/clear", "{\"session_id\": \"%s\"}".formatted(session))
                  .text())
          .contains("\"conversations\":1");
      assertThat(served.json("/chat/sessions")).isEmpty();
      assertThat(served.get("/chat/session/" + session).status()).isEqualTo(404);
    }
  }

  @Test
  void modelsThatShareADatabaseKeepTheirSessionsApart() {
    String ask = "{\"query\": \"Hello\", \"session_id\": \"team\"}";
    try (Served served = Served.start(Served.config(home), false, () -> new Scripted(1000))) {
      ask(served, ask);
    }
    PipelineConfig other = Served.config(home, "model_name=other");
    try (Served served = Served.start(other, false, () -> new Scripted(1000))) {
      assertThat(served.json("/chat/sessions")).isEmpty();
      Served.Reply refused = served.post("/chat/query", ask);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("another model");
    }
  }

  @Test
  void streamsPiecesBetweenPlaceAndEnd() {
    try (Served served = Served.start(Served.config(home), false, () -> new Scripted(1000))) {
      Served.Reply reply = served.post("/chat/query", "{\"query\": \"One two\", \"stream\": true}");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.headers().firstValue("Content-Type").orElse("")).contains("event-stream");
      assertThat(reply.text().lines().filter(line -> line.startsWith("event:")))
          .containsExactly("event:queued", "event:piece", "event:done");
      assertThat(reply.text()).contains("\"position\":0", "\"text\":\"One two\"");
    }
  }

  @Test
  void oneAnswersWhileOthersWaitAndTheRestIsSentAway() throws Exception {
    Held held = Held.fresh();
    ExecutorService people = Executors.newCachedThreadPool();
    PipelineConfig config = Served.config(home, "chat_queue=2");
    try (Served served = Served.start(config, false, () -> held)) {
      List<CompletableFuture<Served.Reply>> asked = new ArrayList<>();
      asked.add(CompletableFuture.supplyAsync(() -> stream(served), people));
      held.entered().await();
      asked.add(CompletableFuture.supplyAsync(() -> stream(served), people));
      asked.add(CompletableFuture.supplyAsync(() -> stream(served), people));
      awaitWaiting(served, 2);
      Served.Reply away = served.post("/chat/query", "{\"query\": \"Me too\"}");
      assertThat(away.status()).isEqualTo(503);
      assertThat(Integer.parseInt(away.headers().firstValue("Retry-After").orElse("0")))
          .isPositive();
      held.mayAnswer().countDown();
      List<String> texts = asked.stream().map(one -> one.join().text()).toList();
      assertThat(texts).allSatisfy(text -> assertThat(text).contains("event:done"));
      assertThat(String.join("\n", texts)).contains("\"position\":2", "\"position\":1");
    } finally {
      people.shutdownNow();
    }
  }

  @Test
  void longHistoriesGoAsASummaryThatIsKept() {
    Scripted voice = new Scripted(1000);
    PipelineConfig config = Served.config(home, "chat_turns=4");
    try (Served served = Served.start(config, false, () -> voice)) {
      String id = ask(served, "{\"query\": \"Question 0\"}").get("conversation_id").asString();
      for (int i = 1; i < 6; i++) {
        ask(served, "{\"query\": \"Question %d\", \"conversation_id\": \"%s\"}".formatted(i, id));
      }
      JsonNode kept = served.json("/chat/conversation/" + id);
      assertThat(kept.get("summarised").asInt()).isEqualTo(4);
      assertThat(kept.get("summary").asString()).contains("Question 0", "Question 1");
      assertThat(kept.get("message_count").asInt()).isEqualTo(12);
      List<ChatMessage> last = voice.heard.get(voice.heard.size() - 1);
      assertThat(last.get(0).role()).isEqualTo("system");
      assertThat(last.get(0).content()).contains("Earlier in this conversation: ");
      assertThat(last.stream().skip(1).map(ChatMessage::content))
          .doesNotContain("Question 0", "Question 1")
          .contains("Question 2", "Question 5");
    }
  }

  @Test
  void aConversationBeyondTheContextIsSummarisedToo() {
    Scripted voice = new Scripted(260);
    String words = "word ".repeat(60).strip();
    try (Served served =
        Served.start(Served.config(home, "evaluate.max_new_tokens=40"), false, () -> voice)) {
      String id =
          ask(served, "{\"query\": \"%s\"}".formatted(words)).get("conversation_id").asString();
      List<String> notes = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        notes.add(
            ask(served, "{\"query\": \"%s\", \"conversation_id\": \"%s\"}".formatted(words, id))
                .get("notes")
                .toString());
      }
      assertThat(notes).anyMatch(note -> note.contains("summary"));
      assertThat(voice.heard).allSatisfy(sent -> assertThat(voice.count(sent)).isLessThan(260));
    }
  }

  @Test
  void aSummaryGivesWayToAQuestionThatNeedsItsRoom() {
    Scripted voice = new Scripted(260);
    String words = "word ".repeat(60).strip();
    try (Served served =
        Served.start(Served.config(home, "evaluate.max_new_tokens=40"), false, () -> voice)) {
      String ask = "{\"query\": \"%s\", \"conversation_id\": \"%s\"}";
      String id =
          ask(served, "{\"query\": \"%s\"}".formatted(words)).get("conversation_id").asString();
      for (int i = 0; i < 3; i++) {
        ask(served, ask.formatted(words, id));
      }
      assertThat(served.json("/chat/conversation/" + id).get("summarised").asInt()).isPositive();
      JsonNode answer = ask(served, ask.formatted("why ".repeat(240).strip(), id));
      assertThat(answer.get("notes").toString()).contains("the summary was left out");
    }
  }

  @Test
  void forgettingCountsConversationsAndMessages() {
    try (Served served = Served.start(Served.config(home), false, () -> new Scripted(1000))) {
      String hello = "{\"query\": \"Hello\", \"session_id\": \"%s\"}";
      ask(served, hello.formatted("one"));
      ask(served, hello.formatted("two"));
      String id = ask(served, hello.formatted("two")).get("conversation_id").asString();
      ask(served, "{\"query\": \"So?\", \"conversation_id\": \"%s\"}".formatted(id));
      assertThat(served.post("/chat/session/clear", "{\"session_id\": \"two\"}").text())
          .isEqualTo("{\"conversations\":2,\"messages\":6}");
      ask(served, hello.formatted("three"));
      assertThat(served.send("DELETE", "/chat/history", null).text())
          .isEqualTo("{\"conversations\":2,\"messages\":4}");
      assertThat(served.json("/chat/sessions")).isEmpty();
    }
  }

  @Test
  void timesInAnswersAreToTheMillisecond() {
    try (Served served = Served.start(Served.config(home), false, () -> new Scripted(1000))) {
      JsonNode answer = ask(served, "{\"query\": \"Hello\"}");
      for (String key : List.of("seconds", "waited_seconds")) {
        assertThat(new BigDecimal(answer.get(key).asString()).scale()).as(key).isLessThan(4);
      }
    }
  }

  @Test
  void aMisspeltKeyIsNamedWithTheKnownOnes() {
    try (Served served = Served.start(Served.config(home), false, () -> new Scripted(1000))) {
      Served.Reply reply = served.post("/chat/query", "{\"qery\": \"x\"}");
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("not known: qery", "known are query, session_id", "stream");
      assertThat(served.post("/chat/query", "{\"%s\": 1}".formatted("k".repeat(9000))).text())
          .hasSizeLessThan(400);
    }
  }

  @Test
  void aModelThatDiesIsLoadedAnewAndNothingHalfIsKept() {
    AtomicInteger loaded = new AtomicInteger();
    try (Served served =
        Served.start(
            Served.config(home),
            false,
            () -> new Scripted(1000, 1, loaded.incrementAndGet() == 1 ? 1 : 99))) {
      Served.Reply first = served.post("/chat/query", "{\"query\": \"Hello\"}");
      assertThat(first.status()).isEqualTo(503);
      assertThat(first.text()).contains("the process died", "start it again");
      assertThat(served.json("/chat/sessions")).isEmpty();
      assertThat(ask(served, "{\"query\": \"Hello\"}").get("response").asString())
          .isEqualTo("Hello");
      assertThat(loaded).hasValue(2);
    }
  }

  @Test
  void withoutAReleaseItSaysWhatToDo() {
    try (Served served = Served.start(Served.config(home))) {
      Served.Reply reply = served.post("/chat/query", "{\"query\": \"Hello\"}");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text())
          .contains("has not released a model yet", "pipeline run sft", "chat_model: base")
          .doesNotContain("--model");
      assertThat(served.get("/chat").text())
          .contains("No model was released yet", "scripts/pipeline run sft", "chat_model: base");
    }
    try (Served served = Served.start(Served.config(home, "chat_model=base"))) {
      assertThat(served.get("/chat").text())
          .contains("Ask something.")
          .doesNotContain("No model was released yet");
    }
  }

  @Test
  void refusesWhatNoModelShouldRead() {
    try (Served served = Served.start(Served.config(home), false, () -> new Scripted(1000))) {
      String id = ask(served, "{\"query\": \"Hello\"}").get("conversation_id").asString();
      for (String body :
          List.of(
              "{\"query\": \"  \"}",
              "{\"query\": \"a\\u0000b\"}",
              "{\"query\": \"" + "a".repeat(9000) + "\"}",
              "{\"query\": \"a\", \"session_id\": \"../x\"}",
              "{\"query\": \"a\", \"session_id\": \"other\", \"conversation_id\": \"%s\"}"
                  .formatted(id),
              "{\"query\": \"a\", \"max_tokens\": 0}",
              "{\"query\": \"a\", \"temperature\": 9}")) {
        assertThat(served.post("/chat/query", body).status()).as(body).isEqualTo(400);
      }
      assertThat(served.post("/chat/query", "{\"query\": \"a\", \"max_tokens\": 0}").text())
          .contains("max_tokens is 0")
          .doesNotContain("--");
      assertThat(
              served.post("/chat/query", "{\"query\": \"a\", \"conversation_id\": \"x\"}").status())
          .isEqualTo(404);
    }
  }

  private static Served.Reply stream(Served served) {
    return served.post("/chat/query", "{\"query\": \"Hello there\", \"stream\": true}");
  }

  private static void awaitWaiting(Served served, int waiting) {
    String line = String.format(Locale.ROOT, "pipeline_chat_waiting %d.0", waiting);
    while (!served.get("/metrics").text().contains(line)) {
      Thread.onSpinWait();
    }
  }

  private static JsonNode ask(Served served, String body) {
    Served.Reply reply = served.post("/chat/query", body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return Json.mapper().readTree(reply.text());
  }
}
