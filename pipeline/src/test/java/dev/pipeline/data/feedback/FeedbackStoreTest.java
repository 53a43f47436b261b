package dev.pipeline.data.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.data.feedback.FeedbackStore.Kept;
import dev.pipeline.data.read.MalformedLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedbackStoreTest {
  private static final String PRIVATE =
      """
      {"message": "Ring Dorothea Quandt at +49 30 901820 or write to dorothea.quandt@example.com, we need EUR 4,321.50 a tonne.",
       "answer": "Thank you, Mrs Quandt. Could you send the index?", "thumb": "down",
       "edit": "That is a steep step, Mrs Quandt. Could you send the index behind it?",
       "comment": "Dorothea Quandt wants to be called at +49 30 901820", "who": "ulrike.behr@example.com",
       "people": ["Dorothea Quandt"], "company": "Quandt Stahlhandel GmbH"}
      """;

  @TempDir Path folder;

  @Test
  void nothingUnredactedIsEverWritten() throws IOException {
    Feedback kept = Stores.in(folder).add(PRIVATE).feedback();
    assertThat(kept.opinion().message()).contains("[PERSON_1]").contains("[EMAIL_1]");
    assertThat(kept.opinion().answer()).contains("[PERSON_1]");
    assertThat(kept.opinion().who()).matches("p-[0-9a-f]{16}");
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file))
                      .doesNotContainIgnoringCase("quandt")
                      .doesNotContain("901820")
                      .doesNotContain("4,321.50")
                      .doesNotContain("ulrike"));
    }
  }

  @Test
  void theSameTwiceIsKeptOnce() {
    FeedbackStore store = Stores.in(folder);
    assertThat(store.add(PRIVATE).kept()).isEqualTo(Kept.NEW);
    assertThat(Stores.in(folder).add(PRIVATE).kept()).isEqualTo(Kept.KNOWN);
    assertThat(store.all()).hasSize(1);
  }

  @Test
  void anIdMeansOneOpinion() {
    FeedbackStore store = Stores.in(folder);
    assertThat(store.add(liked("a-1", "Noted.")).kept()).isEqualTo(Kept.NEW);
    assertThat(store.add(liked("a-1", "Noted.")).kept()).isEqualTo(Kept.KNOWN);
    assertThat(store.add(liked("a-1", "Other words.")).kept()).isEqualTo(Kept.CONFLICT);
    assertThat(store.add(liked("a-2", "Noted.")).kept()).isEqualTo(Kept.NEW);
    assertThat(store.all()).extracting(Feedback::id).containsExactly("a-1", "a-2");
    assertThat(store.all().get(0).opinion().answer()).isEqualTo("Noted.");
  }

  @Test
  void whatACrashLeftHalfWrittenIsDropped() throws IOException {
    FeedbackStore store = Stores.in(folder);
    store.add(liked("a-1", "Noted."));
    Files.writeString(
        folder.resolve(FeedbackStore.FILE), "{\"id\":\"a-2\",\"rec", StandardOpenOption.APPEND);
    assertThat(store.all()).hasSize(1);
    assertThat(store.add(liked("a-3", "Noted.")).kept()).isEqualTo(Kept.NEW);
    assertThat(store.all()).extracting(Feedback::id).containsExactly("a-1", "a-3");
  }

  @Test
  void manyAtOnceAreAllKept() {
    List<Kept> kept =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(i -> Stores.in(folder).add(liked("a-" + i % 20, "Noted.")).kept())
            .toList();
    assertThat(kept.stream().filter(Kept.NEW::equals)).hasSize(20);
    assertThat(Stores.in(folder).all()).hasSize(20);
  }

  @Test
  void onlyTheOwnerReadsTheKeyOfThePseudonyms() throws IOException {
    FeedbackStore store = Stores.in(folder);
    String first = store.add(PRIVATE).feedback().opinion().who();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve(Pseudonyms.FILE))))
        .isEqualTo("rw-------");
    Path other = folder.resolve("other");
    assertThat(Stores.in(other).add(PRIVATE).feedback().opinion().who()).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nonsense | no JSON",
        "[1] | no JSON object",
        "{\"answer\": \"a\", \"thumb\": \"up\"} | 'message' is missing",
        "{\"message\": \"m\", \"answer\": \"a\", \"thumb\": \"sideways\"} | 'thumb' must be up or down",
        "{\"message\": \"m\", \"answer\": \"...\", \"thumb\": \"up\"} | 'answer' must be a text with words",
        "{\"message\": \"m\", \"answer\": \"a\", \"thumb\": \"up\", \"edits\": \"b\"} | did you mean \"edit\"",
        "{\"message\": \"m\", \"answer\": \"a\", \"thumb\": \"up\", \"round\": 1} | 'sentiment' is missing",
        "{\"message\": \"m\", \"answer\": \"a\", \"thumb\": \"up\", \"id\": \"../../etc\"} | 'id' must be a name",
        "{\"message\": \"m\", \"answer\": \"a\", \"thumb\": \"up\", \"time\": \"yesterday\"} | 'time' must be",
        "{\"message\": \"m\", \"answer\": \"a\", \"thumb\": \"up\", \"earlier\": [{\"speaker\": \"me\", \"text\": \"t\"}]} | 'earlier[0].speaker'"
      })
  void whatIsNotOfTheShapeIsRefusedByKey(String json, String reason) {
    assertThatThrownBy(() -> Stores.in(folder).add(json))
        .isInstanceOf(MalformedLine.class)
        .hasMessageContaining(reason);
    assertThat(Stores.in(folder).all()).isEmpty();
  }

  @Test
  void aTextHasAnEnd() {
    assertThatThrownBy(() -> Stores.in(folder).add(liked("a-1", "long ".repeat(1601))))
        .hasMessageContaining("'answer' must be a text of at most 8000 characters");
  }

  static String liked(String id, String answer) {
    return "{\"id\": \"%s\", \"message\": \"My coils stand in the rain.\", \"answer\": \"%s\", \"thumb\": \"up\"}"
        .formatted(id, answer);
  }
}
