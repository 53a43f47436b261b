package dev.pipeline.data.prefer.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.data.Source;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.prefer.RejectedPair;
import dev.pipeline.data.read.RawLine;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairReaderTest {
  private static final String HEAD =
      "\"scenario\": \"coils\", \"round\": 2, \"sentiment\": \"tired\", \"asks\": [\"cover\"], ";

  private static final String PRAISE =
      "{\"feedback_id\": \"f-1\", "
          + HEAD
          + "\"message\": \"Rain.\", \"shown\": [{\"text\": \"A\", \"thumb\": \"up\"}]}";

  @TempDir Path folder;

  @Test
  void aReviewersEditBeatsTheDraft() {
    RawPair raw =
        only(
            "{\"note_id\": \"n-1\", "
                + HEAD
                + "\"supplier_says\": \"Rain.\", \"draft\": \"Noted.\", \"edited\": \"Sorry.\","
                + " \"note\": \"Cold.\", \"failure_mode\": \"cold\","
                + " \"earlier\": [{\"speaker\": \"buyer\", \"text\": \"Well?\"}]}");
    assertThat(raw.origin()).isEqualTo(Origin.REVIEW_NOTE);
    assertThat(raw.pair())
        .isEqualTo(
            new PreferencePair(
                "n-1/1",
                "coils",
                "Rain.",
                "Round: 2\nSupplier sentiment: tired\nOutstanding asks: cover\nEarlier:\nBuyer: Well?",
                "Sorry.",
                "Noted.",
                "Cold.",
                "cold",
                new Source("raw.jsonl", 7, "n-1", 1, raw.pair().source().raw())));
  }

  @Test
  void theAnswerThatGaveInLosesToTheRightOne() {
    RawPair raw =
        only(
            "{\"attack_id\": \"a-1\", "
                + HEAD
                + "\"turns\": ["
                + "{\"speaker\": \"supplier\", \"text\": \"Tell me.\"},"
                + "{\"speaker\": \"buyer\", \"text\": \"No.\"},"
                + "{\"speaker\": \"supplier\", \"text\": \"Please.\"},"
                + "{\"speaker\": \"buyer\", \"text\": \"Ten.\"}],"
                + " \"should_have_said\": \"I hear you.\", \"finding\": \"Gave in.\"}");
    assertThat(raw.origin()).isEqualTo(Origin.RED_TEAM);
    assertThat(raw.pair().prompt()).isEqualTo("Please.");
    assertThat(raw.pair().context()).endsWith("Earlier:\nSupplier: Tell me.\nBuyer: No.");
    assertThat(raw.pair().rejected()).isEqualTo("Ten.");
    assertThat(raw.pair().chosen()).isEqualTo("I hear you.");
    assertThat(raw.pair().failureMode()).isEmpty();
  }

  @Test
  void aTranscriptWithoutAnAnswerIsRefusedByKey() {
    RejectedPair rejected =
        refused(
            "{\"attack_id\": \"a-1\", "
                + HEAD
                + "\"turns\": [{\"speaker\": \"supplier\", \"text\": \"Tell me.\"}],"
                + " \"should_have_said\": \"I hear you.\"}");
    assertThat(rejected.reason()).isEqualTo(PairReader.MALFORMED);
    assertThat(rejected.detail())
        .isEqualTo("'turns' must be turns that end with the supplier's and the buyer's");
  }

  @Test
  void aThumbDownLosesToItsEditAndWithoutOneToEveryThumbUp() {
    PairReader.Reading reading =
        read(
            "{\"feedback_id\": \"f-1\", "
                + HEAD
                + "\"message\": \"Rain.\", \"shown\": ["
                + "{\"text\": \"A\", \"thumb\": \"down\", \"edit\": \"B\", \"comment\": \"no\"},"
                + "{\"text\": \"C\", \"thumb\": \"up\"},"
                + "{\"text\": \"D\", \"thumb\": \"down\"},"
                + "{\"text\": \"E\", \"thumb\": \"up\"}]}");
    assertThat(reading.pairs())
        .extracting(raw -> raw.pair().chosen() + ">" + raw.pair().rejected())
        .containsExactly("B>A", "C>D", "E>D");
    assertThat(reading.pairs())
        .extracting(raw -> raw.pair().id())
        .containsExactly("f-1/1", "f-1/2", "f-1/3");
    assertThat(reading.pairs().get(0).pair().rationale()).isEqualTo("no");
  }

  @Test
  void praiseAlonePrefersNothing() {
    RejectedPair rejected = refused(PRAISE);
    assertThat(rejected.reason()).isEqualTo(PairReader.NO_PREFERENCE);
    assertThat(rejected.fix()).contains("'edit'");
  }

  @Test
  void aFinishedPairNeedsThreeTexts() {
    RawPair raw = only("{\"prompt\": \"P\", \"chosen\": \"C\", \"rejected\": \"R\"}");
    assertThat(raw.pair().id()).isEqualTo("raw.jsonl:7");
    assertThat(raw.pair().context()).isEmpty();
    assertThat(refused("{\"prompt\": \"P\", \"chosen\": \"C\"}").detail())
        .isEqualTo("'rejected' is missing; it must be a text, a message or a list of messages");
    assertThat(refused("{\"prompt\": \"P\", \"chosen\": 5, \"rejected\": \"R\"}").detail())
        .isEqualTo("'chosen' must be a text, a message or a list of messages");
    assertThat(refused("{\"prompt\": \"P\", \"chosen\": [], \"rejected\": \"R\"}").detail())
        .isEqualTo("'chosen' must be a text, or messages of which the last is the assistant's");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'prompt': [U1, A1, U2], 'chosen': [AC], 'rejected': [AR]}",
        "{'prompt': [S, U1, A1, U2], 'chosen': AC, 'rejected': AR}",
        "{'prompt': [U1, A1, U2], 'chosen': 'C', 'rejected': 'R'}",
        "{'chosen': [U1, A1, U2, AC], 'rejected': [U1, A1, U2, AR]}",
        "{'prompt': [U1, A1, U2], 'chosen': [U1, A1, U2, AC], 'rejected': [U1, A1, U2, AR]}",
        "{'conversations': [H1, G1, H2], 'chosen': GC, 'rejected': GR}"
      })
  void messagesOfOtherToolsAreReadAsTexts(String pattern) {
    String line = pattern;
    for (String message :
        List.of(
            "S=system:Be kind",
            "U1=user:Rain",
            "U2=user:P",
            "A1=assistant:Where?",
            "AC=assistant:C",
            "AR=assistant:R")) {
      line =
          line.replaceAll(
              "\\b" + message.replaceFirst("=.*", "\\\\b"),
              message.replaceFirst(".*=(.*):(.*)", "{'role': '$1', 'content': '$2'}"));
    }
    for (String message :
        List.of("H1=human:Rain", "H2=human:P", "G1=gpt:Where?", "GC=gpt:C", "GR=gpt:R")) {
      line =
          line.replaceAll(
              "\\b" + message.replaceFirst("=.*", "\\\\b"),
              message.replaceFirst(".*=(.*):(.*)", "{'from': '$1', 'value': '$2'}"));
    }
    PreferencePair pair = only(line.replace('\'', '"')).pair();
    assertThat(List.of(pair.prompt(), pair.context(), pair.chosen(), pair.rejected()))
        .containsExactly("P", "Earlier:\nSupplier: Rain\nBuyer: Where?", "C", "R");
  }

  @Test
  void messagesThatDoNotFitTogetherAreRefusedByKey() {
    String user = "{'role': 'user', 'content': 'P'}";
    String answer = "{'role': 'assistant', 'content': 'A'}";
    assertThat(messages(user, user, answer)).isEqualTo(LAST.formatted("chosen", "assistant"));
    assertThat(messages(answer, answer, "'R'")).isEqualTo(LAST.formatted("prompt", "user"));
    assertThat(messages("'P'", "[" + user + "," + answer + "]", answer))
        .isEqualTo("'rejected' must be an answer to the same messages as 'chosen'");
    String other = "[" + user.replace("'P'", "'Q'") + "," + answer + "]";
    assertThat(messages("'P'", other, other))
        .isEqualTo("'chosen' must be an answer to the messages in 'prompt'");
    assertThat(messages("{'role': 'tool', 'content': 'P'}", answer, answer))
        .isEqualTo("'prompt.role' must be user or assistant (human or gpt)");
  }

  private static final String LAST =
      "'%s' must be a text, or messages of which the last is the %s's";

  private static String messages(String prompt, String chosen, String rejected) {
    String line =
        "{'prompt': " + prompt + ", 'chosen': " + chosen + ", 'rejected': " + rejected + "}";
    return refused(line.replace('\'', '"')).detail();
  }

  @Test
  void aRatingOfOneAnswerIsToldWhatIsWanted() {
    RejectedPair rejected = refused("{\"prompt\": \"P\", \"completion\": \"A\", \"label\": true}");
    assertThat(rejected.reason()).isEqualTo(PairReader.MALFORMED);
    assertThat(rejected.detail())
        .isEqualTo(
            "'completion' is one answer that 'label' rates; a pair needs two answers to one"
                + " message, as 'prompt', 'chosen' and 'rejected'");
  }

  @Test
  void aPairMadeByRuleKeepsItsOrigin() {
    String pair = "{\"prompt\": \"P\", \"chosen\": \"C\", \"rejected\": \"R\", \"origin\": \"%s\"}";
    assertThat(only(pair.formatted("sampled")).origin()).isEqualTo(Origin.SAMPLED);
    assertThat(refused(pair.formatted("guessed")).detail())
        .startsWith("'origin' must be one of [review-note, red-team, ");
  }

  @Test
  void readsTheSamplesThatTheDocumentationShows() throws IOException {
    List<String> samples =
        Files.readAllLines(Path.of("../datasets/preferences-raw/README.md")).stream()
            .filter(line -> line.startsWith("{"))
            .toList();
    assertThat(samples).hasSize(5);
    assertThat(samples)
        .extracting(sample -> only(sample).origin())
        .containsExactly(
            Origin.REVIEW_NOTE, Origin.RED_TEAM, Origin.FEEDBACK, Origin.PAIR, Origin.PAIR);
  }

  @Test
  void aTornLineIsKeptWithFileLineReasonAndRemedy() {
    RejectedPair rejected = refused("{\"prompt\": \"P");
    assertThat(rejected.reason()).isEqualTo(PairReader.UNREADABLE);
    assertThat(rejected.source())
        .isEqualTo(new Source("raw.jsonl", 7, "", 0, Hashes.sha256("{\"prompt\": \"P")));
    assertThat(rejected.detail()).startsWith("no JSON: ");
    assertThat(rejected.line()).isEqualTo("{\"prompt\": \"P");
    assertThat(rejected.fix()).contains("datasets/preferences-raw/README.md");
    assertThat(refused("{\"text\": \"P\"}").detail()).startsWith("none of the keys note_id");
    assertThat(refused("[1]").detail()).isEqualTo("the line is no JSON object");
  }

  @Test
  void aFileWithoutAnyReadableLineStopsTheJob() throws IOException {
    Path good = folder.resolve("a.jsonl");
    Files.writeString(good, "torn\n{\"prompt\": \"P\", \"chosen\": \"C\", \"rejected\": \"R\"}\n");
    assertThat(PairReader.lines(List.of(good))).hasSize(2);
    Path bad = folder.resolve("b.jsonl");
    Files.writeString(bad, "torn\ntorn\n");
    Failure failure =
        catchThrowableOfType(Failure.class, () -> PairReader.lines(List.of(good, bad)));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure.reason()).contains("b.jsonl").contains("line 1: no JSON");
    Files.writeString(bad, "{\"prompt\": \"P\", \"chosen\": \"C\"}\n");
    failure = catchThrowableOfType(Failure.class, () -> PairReader.lines(List.of(bad)));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure.reason()).contains("b.jsonl").contains("line 1: 'rejected' is missing");
    assertThat(failure.fix()).contains("datasets/preferences-raw/README.md");
    Files.writeString(bad, PRAISE);
    assertThat(PairReader.lines(List.of(bad))).hasSize(1);
    Files.writeString(bad, "");
    assertThat(catchThrowableOfType(Failure.class, () -> PairReader.lines(List.of(bad))))
        .hasMessageContaining("it is empty");
  }

  private static PairReader.Reading read(String line) {
    return PairReader.read(new RawLine("raw.jsonl", 7, line, true));
  }

  private static RawPair only(String line) {
    PairReader.Reading reading = read(line);
    assertThat(reading.rejected()).isEmpty();
    assertThat(reading.pairs()).hasSize(1);
    return reading.pairs().get(0);
  }

  private static RejectedPair refused(String line) {
    return read(line).rejected().orElseThrow();
  }
}
