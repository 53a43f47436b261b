package dev.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.chat.ChatFormat;
import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferenceRowsTest {
  private static final Path PAIRS = Path.of("src/test/resources/preferences/train.jsonl");

  @TempDir Path folder;

  private final ChatModel chat =
      ChatModel.open(
          Path.of("../artifacts/base"), new ChatFormat(Optional.empty(), Optional.empty()));
  private final NegotiationPrompt prompt = new NegotiationPrompt(chat, "You negotiate.");

  @AfterEach
  void close() {
    chat.close();
  }

  @Test
  void bothAnswersFollowTheSamePrompt() {
    for (PreferenceRow row : PreferenceRows.read(PAIRS, prompt, 512, 0).rows()) {
      int first = row.chosen().firstTrained();
      assertThat(row.rejected().firstTrained()).isEqualTo(first);
      assertThat(Arrays.copyOf(row.rejected().ids(), first))
          .isEqualTo(Arrays.copyOf(row.chosen().ids(), first));
      assertThat(row.length()).isGreaterThan(first);
    }
  }

  @Test
  void contextsGiveWayForTheLongerAnswerAndNothingIsLeftOutInSilence() {
    PreferenceRows all = PreferenceRows.read(PAIRS, prompt, 512, 0);
    int longest = all.rows().stream().mapToInt(PreferenceRow::length).max().orElseThrow();
    PreferenceRows shortened = PreferenceRows.read(PAIRS, prompt, longest - 1, 0);
    assertThat(shortened.rows()).hasSameSizeAs(all.rows());
    assertThat(shortened.rows()).allMatch(row -> row.length() < longest);
    PreferenceRows few = PreferenceRows.read(PAIRS, prompt, 110, 0);
    assertThat(few.tooLong()).isNotEmpty();
    assertThat(few.rows().size() + few.tooLong().size()).isEqualTo(all.rows().size());
    assertThat(PreferenceRows.read(PAIRS, prompt, 512, 3).rows()).hasSize(3);
  }

  @Test
  void pairsThatTeachNothingAreRefusedByLineAndId() throws IOException {
    PreferencePair pair = pair("x", "Thank you.", "No.");
    refused("line 2: pair y: chosen and rejected are the same answer", pair, pair("y", "a", " a "));
    refused("line 2: pair y: chosen is empty", pair, pair("y", " ", "b"));
    refused("line 2: pair y: rejected is empty", pair, pair("y", "a", ""));
    refused("line 2: pair x stands there twice", pair, pair);
    Path file = folder.resolve("train.jsonl");
    String line = Json.line(pair);
    for (String field : List.of("prompt", "chosen", "rejected", "failure_mode")) {
      String lacking = line.replaceFirst("\"" + field + "\":\"[^\"]*\",", "");
      assertThat(lacking).isNotEqualTo(line);
      Files.writeString(file, line + "\n" + lacking + "\n");
      assertThatThrownBy(() -> PreferenceRows.read(file, prompt, 512, 0))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("train.jsonl line 2")
          .hasMessageContaining(field + " is missing");
    }
    Files.writeString(file, "");
    assertThatThrownBy(() -> PreferenceRows.read(file, prompt, 512, 0))
        .hasMessageContaining("holds no pair");
  }

  @Test
  void aPairWithoutAnIdIsCalledByItsLine() throws IOException {
    Path file = folder.resolve("train.jsonl");
    String line = Json.line(pair("x", "Thank you.", "No."));
    Files.writeString(file, line + "\n" + line.replace("\"id\":\"x\",", "") + "\n");
    assertThat(PreferenceRows.read(file, prompt, 512, 0).rows())
        .extracting(PreferenceRow::id)
        .containsExactly("x", "2");
  }

  @Test
  void aNumberIsNoText() throws IOException {
    Path file = folder.resolve("train.jsonl");
    String line = Json.line(pair("x", "Thank you.", "No."));
    Files.writeString(file, line.replace("\"Thank you.\"", "5") + "\n");
    assertThatThrownBy(() -> PreferenceRows.read(file, prompt, 512, 0))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("train.jsonl line 1: chosen is of the kind number, not text");
  }

  private void refused(String reason, PreferencePair... pairs) throws IOException {
    Path file = folder.resolve("train.jsonl");
    StringBuilder lines = new StringBuilder();
    for (PreferencePair pair : pairs) {
      lines.append(Json.line(pair)).append('\n');
    }
    Files.writeString(file, lines);
    assertThatThrownBy(() -> PreferenceRows.read(file, prompt, 512, 0))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("train.jsonl " + reason);
  }

  private static PreferencePair pair(String id, String chosen, String rejected) throws IOException {
    PreferencePair first =
        Json.parse(Files.readAllLines(PAIRS).get(0), PreferencePair.class, "pairs");
    return new PreferencePair(
        id,
        first.family(),
        first.prompt(),
        first.context(),
        chosen,
        rejected,
        first.rationale(),
        first.failureMode(),
        first.source());
  }
}
