package dev.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Json;
import dev.pipeline.serve.chat.Grounding;
import dev.pipeline.talk.Scripted;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What of documents goes with a question, over real HTTP, with a speaker that echoes. */
@Timeout(60)
class ChatDocumentsTest {
  @TempDir Path home;

  @Test
  void answersRestOnTheCollectionThatIsNamed() {
    Scripted voice = new Scripted(2000);
    PipelineConfig config = Served.config(home);
    try (Served served =
        Served.start(
            config,
            voice,
            (collection, question, most) ->
                List.of(
                    new Grounding.Passage(
                        collection + "/prices.md", "Steel costs 900 a tonne.", 0.9)))) {
      JsonNode answer =
          ask(served, "{\"query\": \"What does steel cost?\", \"collection\": \"handbook\"}");
      assertThat(answer.at("/sources/0/source").asString()).isEqualTo("handbook/prices.md");
      List<ChatMessage> sent = voice.heard.get(0);
      assertThat(sent.get(sent.size() - 1).content())
          .contains("Steel costs 900 a tonne.")
          .endsWith("What does steel cost?");
      String id = answer.get("conversation_id").asString();
      assertThat(served.json("/chat/history?conversation_id=" + id).at("/messages/0/content"))
          .hasToString("\"What does steel cost?\"");
    }
  }

  @Test
  void asManyOfTheNearestPiecesGoAsFit() {
    Scripted voice = new Scripted(200);
    try (Served served =
        Served.start(
            Served.config(home, "evaluate.max_new_tokens=40"), voice, ChatDocumentsTest::pieces)) {
      String ask = "{\"query\": \"What does steel cost?\", \"collection\": \"%s\"}";
      JsonNode some = ask(served, ask.formatted("50"));
      assertThat(some.get("sources")).hasSize(2);
      assertThat(some.at("/sources/1/source").asString()).isEqualTo("piece 1");
      assertThat(some.get("notes").toString())
          .contains("2 of the 4 nearest pieces of documents", "holds 200 tokens");
      JsonNode one = ask(served, ask.formatted("500"));
      assertThat(one.get("sources")).hasSize(1);
      assertThat(one.at("/sources/0/source").asString()).isEqualTo("piece 0, the beginning");
      assertThat(one.at("/sources/0/text").asString()).matches("word0( word0){80,}");
      assertThat(one.get("notes").toString()).contains("the beginning of 1 of the 4 nearest");
      JsonNode all = ask(served, ask.formatted("5"));
      assertThat(all.get("sources")).hasSize(4);
      assertThat(all.get("notes")).isEmpty();
      // The answer keeps its tokens, and long answers do not push the documents out.
      assertThat(voice.heard)
          .hasSize(3)
          .allSatisfy(sent -> assertThat(voice.count(sent)).isBetween(30, 160));
      JsonNode wordy = ask(served, ask.formatted("50").replace("}", ", \"max_tokens\": 5000}"));
      assertThat(wordy.get("sources")).hasSize(1);
    }
  }

  @Test
  void onlyAQuestionThatIsTooLongByItselfIsRefused() {
    try (Served served =
        Served.start(Served.config(home), new Scripted(200), ChatDocumentsTest::pieces)) {
      String ask = "{\"query\": \"%s\", \"collection\": \"50\"}";
      JsonNode alone = ask(served, ask.formatted("why ".repeat(170).strip()));
      assertThat(alone.get("sources")).isEmpty();
      assertThat(alone.get("notes").toString()).contains("0 of the 4 nearest pieces");
      Served.Reply refused = served.post("/chat/query", ask.formatted("why ".repeat(300).strip()));
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text())
          .contains("holds 200", "ask in fewer words", "where the model was made for more")
          .doesNotContain("--");
    }
  }

  /** Four pieces of as many words as the collection's name says. */
  private static List<Grounding.Passage> pieces(String collection, String question, int most) {
    return IntStream.range(0, most)
        .mapToObj(
            piece -> {
              String text = ("word" + piece + " ").repeat(Integer.parseInt(collection)).strip();
              return new Grounding.Passage("piece " + piece, text, 0.9);
            })
        .toList();
  }

  private static JsonNode ask(Served served, String body) {
    Served.Reply reply = served.post("/chat/query", body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return Json.mapper().readTree(reply.text());
  }
}
