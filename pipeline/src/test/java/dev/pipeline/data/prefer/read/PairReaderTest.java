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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairReaderTest {
  private static final String HEAD =
      "\"scenario\": \"coils\", \"round\": 2, \"sentiment\": \"tired\", \"asks\": [\"cover\"], ";

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
                new Source("raw.jsonl", 7, "n-1", 1)));
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
    RejectedPair rejected =
        refused(
            "{\"feedback_id\": \"f-1\", "
                + HEAD
                + "\"message\": \"Rain.\", \"shown\": [{\"text\": \"A\", \"thumb\": \"up\"}]}");
    assertThat(rejected.reason()).isEqualTo(PairReader.NO_PREFERENCE);
    assertThat(rejected.fix()).contains("'edit'");
  }

  @Test
  void aFinishedPairNeedsThreeTexts() {
    RawPair raw = only("{\"prompt\": \"P\", \"chosen\": \"C\", \"rejected\": \"R\"}");
    assertThat(raw.pair().id()).isEqualTo("raw.jsonl:7");
    assertThat(raw.pair().context()).isEmpty();
    assertThat(refused("{\"prompt\": \"P\", \"chosen\": \"C\"}").detail())
        .isEqualTo("'rejected' is missing; it must be a text");
    assertThat(refused("{\"prompt\": \"P\", \"chosen\": [], \"rejected\": \"R\"}").detail())
        .isEqualTo("'chosen' must be a text");
  }

  @Test
  void readsTheSamplesThatTheDocumentationShows() throws IOException {
    List<String> samples =
        Files.readAllLines(Path.of("../datasets/preferences-raw/README.md")).stream()
            .filter(line -> line.startsWith("{"))
            .toList();
    assertThat(samples).hasSize(4);
    assertThat(samples)
        .extracting(sample -> only(sample).origin())
        .containsExactly(Origin.REVIEW_NOTE, Origin.RED_TEAM, Origin.FEEDBACK, Origin.PAIR);
  }

  @Test
  void aTornLineIsKeptWithFileLineReasonAndRemedy() {
    RejectedPair rejected = refused("{\"prompt\": \"P");
    assertThat(rejected.reason()).isEqualTo(PairReader.UNREADABLE);
    assertThat(rejected.source()).isEqualTo(new Source("raw.jsonl", 7, "", 0));
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
