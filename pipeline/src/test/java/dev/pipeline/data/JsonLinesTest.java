package dev.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.data.mine.MinedItem;
import dev.pipeline.data.redact.Identities;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
  private static final Sample SAMPLE =
      new Sample(
          "chat-1/1",
          "pallets",
          "Where are they?",
          "Round: 1",
          "Sorry. Could you wait?",
          new Source("chat.jsonl", 3, "chat-1", 1),
          new Approval(Approval.State.APPROVED, "annotator-01", null));

  @TempDir Path folder;

  @Test
  void aSampleIsWrittenWithTheKeysTheFormatPromises() {
    assertThat(Json.line(SAMPLE))
        .isEqualTo(
            """
            {"id":"chat-1/1","family":"pallets","instruction":"Where are they?",\
            "context":"Round: 1","ideal_answer":"Sorry. Could you wait?",\
            "source":{"file":"chat.jsonl","line":3,"conversation":"chat-1","turn":1},\
            "approval":{"state":"approved","by":"annotator-01"}}""");
  }

  @Test
  void recordsSurviveTheRoundTrip() {
    Path file = folder.resolve("mined.jsonl");
    MinedItem item = new MinedItem(SAMPLE, new Identities(List.of("Ann Ek"), List.of()));
    JsonLines.write(file, List.of(item, item));
    assertThat(JsonLines.read(file, MinedItem.class)).containsExactly(item, item);
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    Path file = folder.resolve("train.jsonl");
    Files.writeString(file, Json.line(SAMPLE) + "\n{\"id\":\"x\"}\n");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> JsonLines.read(file, Sample.class))
        .withMessageContaining("train.jsonl line 2");
  }

  @Test
  void aLineThatIsNullIsNamed() throws IOException {
    Path file = folder.resolve("train.jsonl");
    Files.writeString(file, Json.line(SAMPLE) + "\nnull\n");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> JsonLines.read(file, Sample.class))
        .withMessageContaining("train.jsonl line 2: it is null");
  }

  @Test
  void aBrokenNumberIsNotRoundedToAWholeOne() throws IOException {
    Path file = folder.resolve("train.jsonl");
    Files.writeString(file, Json.line(SAMPLE).replace("\"line\":3", "\"line\":3.5") + "\n");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> JsonLines.read(file, Sample.class))
        .withMessageContaining("train.jsonl line 1")
        .withMessageContaining("3.5");
  }
}
