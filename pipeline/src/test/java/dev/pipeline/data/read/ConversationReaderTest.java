package dev.pipeline.data.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Conversation;
import dev.pipeline.data.Rejected;
import dev.pipeline.data.RoundState;
import dev.pipeline.data.Turn;
import dev.pipeline.data.Turn.Speaker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationReaderTest {
  private static final RoundState STATE = new RoundState(2, "wary", List.of("date"));
  private static final List<Turn> TURNS =
      List.of(new Turn(Speaker.SUPPLIER, "When?", STATE), new Turn(Speaker.BUYER, "Soon.", STATE));

  @Test
  void readsTheSamplesThatTheDocumentationShows() throws IOException {
    List<String> samples =
        Files.readAllLines(Path.of("../datasets/README.md")).stream()
            .filter(line -> line.startsWith("{"))
            .toList();
    assertThat(samples).hasSize(4);
    assertThat(samples).allSatisfy(line -> assertThat(understood(line).turns()).hasSize(2));
  }

  @Test
  void readsAChat() {
    Conversation conversation =
        understood(
            """
            {"id":"c1","scenario":"f","round":2,"supplier_sentiment":"wary",\
            "outstanding_asks":["date"],"messages":[\
            {"role":"supplier","name":"Åse Ek","text":"When?"},\
            {"role":"buyer","name":"Joshi","text":"Soon."}],\
            "review":{"status":"rejected","by":"a-1","reason":"curt"}}\
            """);
    assertThat(conversation.id()).isEqualTo("c1");
    assertThat(conversation.family()).isEqualTo("f");
    assertThat(conversation.turns()).isEqualTo(TURNS);
    assertThat(conversation.people()).containsExactly("Åse Ek", "Joshi");
    assertThat(conversation.approval())
        .isEqualTo(new Approval(Approval.State.REJECTED, "a-1", "curt"));
  }

  @Test
  void readsRounds() {
    Conversation conversation =
        understood(
            """
            {"conversation_id":"r1","scenario":"f","supplier":{"company":"Ek AB","contact":"Åse Ek"},\
            "rounds":[{"round":2,"sentiment":"wary","asks":["date"],"supplier_says":"When?",\
            "buyer_replies":"Soon."}],"approval":{"state":"pending"}}\
            """);
    assertThat(conversation.turns()).isEqualTo(TURNS);
    assertThat(conversation.people()).containsExactly("Åse Ek");
    assertThat(conversation.companies()).containsExactly("Ek AB");
    assertThat(conversation.approval()).isEqualTo(Approval.pending());
  }

  @Test
  void readsMails() {
    Conversation conversation =
        understood(
            """
            {"thread_id":"e1","state":{"round":2,"sentiment":"wary","open_asks":["date"]},"emails":[\
            {"direction":"inbound","from":"Åse Ek <ase@ek.example>","body":"When?"},\
            {"direction":"outbound","from":"desk@nord.example","body":"Soon."}]}\
            """);
    assertThat(conversation.turns()).isEqualTo(TURNS);
    assertThat(conversation.family()).isEmpty();
    assertThat(conversation.people()).containsExactly("Åse Ek", "");
  }

  @Test
  void readsATranscriptWithContinuationLines() {
    Conversation conversation =
        understood(
            """
            {"call_id":"t1","scenario":"f","round":2,"sentiment":"wary","open_points":["date"],\
            "transcript":"SUPPLIER (Åse Ek): Well,\\nwhen?\\nBUYER (Joshi): Soon.","status":"approved",\
            "reviewer":"a-2"}\
            """);
    assertThat(conversation.turns())
        .containsExactly(
            new Turn(Speaker.SUPPLIER, "Well,\nwhen?", STATE),
            new Turn(Speaker.BUYER, "Soon.", STATE));
    assertThat(conversation.approval().by()).isEqualTo("a-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                                 | empty line
          --- export resumed ---                             | no JSON
          {"messages":[                                      | no JSON
          {"messages":[]} x                                  | no JSON
          [1]                                                | no JSON object
          {"id":"x"}                                         | none of the keys
          {"messages":"none","round":1,"supplier_sentiment":"x","outstanding_asks":[]} | 'messages' must be a list
          {"messages":[],"round":"two"}                      | 'round' must be a whole number
          {"messages":[],"round":0}                          | 'round' must be at least 1
          {"messages":[],"round":1,"supplier_sentiment":"x"} | 'outstanding_asks' is missing
          {"rounds":[3]}                                     | rounds[0]. must be an object
          """)
  void aLineThatIsNoConversationIsKeptWithItsReason(String text, String reason) {
    Reading reading = ConversationReader.read(new RawLine("a.jsonl", 7, text, true));
    assertThat(reading).isInstanceOf(Reading.Unreadable.class);
    Rejected rejected = ((Reading.Unreadable) reading).rejected();
    assertThat(rejected.detail()).contains(reason);
    assertThat(rejected.line()).isEqualTo(text);
    assertThat(rejected.source().line()).isEqualTo(7);
  }

  private static Conversation understood(String text) {
    Reading reading = ConversationReader.read(new RawLine("a.jsonl", 1, text, true));
    assertThat(reading).isInstanceOf(Reading.Understood.class);
    return ((Reading.Understood) reading).conversation();
  }
}
