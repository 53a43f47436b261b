package dev.pipeline.data.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.data.corpus.Document.Dialogue;
import dev.pipeline.data.corpus.Document.Message;
import dev.pipeline.data.corpus.Document.Prose;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("recipe")
class CorpusGeneratorTest {
  private static final Path SHIPPED = Path.of("../datasets/pretraining");
  private static final List<Document> DOCUMENTS =
      CorpusGenerator.fromFolder(SHIPPED, 1).documents().limit(2000).toList();

  @Test
  void theSameSeedGivesTheSameDocuments() {
    CorpusGenerator again = CorpusGenerator.fromFolder(SHIPPED, 1);
    CorpusGenerator other = CorpusGenerator.fromFolder(SHIPPED, 2);

    assertThat(again.documents().limit(300)).containsExactlyElementsOf(DOCUMENTS.subList(0, 300));
    assertThat(other.documents().limit(300).toList()).isNotEqualTo(DOCUMENTS.subList(0, 300));
  }

  @Test
  void noMarkOfTheGrammarIsLeft() {
    assertThat(DOCUMENTS.stream().flatMap(CorpusGeneratorTest::texts))
        .allSatisfy(
            text -> assertThat(text).isNotBlank().doesNotContainPattern("[{}|<>*@]|\\\\n|  "));
  }

  @Test
  void fiveOfSixAreDialogues() {
    long dialogues = DOCUMENTS.stream().filter(Dialogue.class::isInstance).count();

    assertThat(dialogues / 2000.0).isBetween(0.80, 0.87);
  }

  @Test
  void dialoguesAlternateAndNegotiationsCarryTheirContext() {
    List<Dialogue> dialogues =
        DOCUMENTS.stream().filter(Dialogue.class::isInstance).map(Dialogue.class::cast).toList();

    assertThat(dialogues)
        .allSatisfy(
            dialogue ->
                assertThat(dialogue.messages())
                    .extracting(Message::role)
                    .isIn(List.of("user", "assistant"), List.of("system", "user", "assistant")));
    assertThat(
            dialogues.stream()
                .flatMap(CorpusGeneratorTest::texts)
                .filter(t -> t.startsWith("Context:")))
        .hasSizeGreaterThan(900)
        .allMatch(
            text ->
                text.matches(
                    "(?s)Context:\nRound: [1-5]\nSupplier sentiment: [a-z -]+\nOutstanding asks: .+\n\nMessage:\n.+"));
  }

  @Test
  void theVocabularyIsBroad() {
    Set<String> words = new HashSet<>();
    DOCUMENTS.stream()
        .flatMap(CorpusGeneratorTest::texts)
        .flatMap(text -> Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^a-z'-]+")))
        .forEach(words::add);

    assertThat(words).hasSizeGreaterThan(4000);
  }

  @Test
  void sentencesSeldomRepeat() {
    List<String> sentences =
        DOCUMENTS.stream()
            .flatMap(CorpusGeneratorTest::texts)
            .flatMap(text -> Arrays.stream(text.split("(?<=[.?!])\\s+|\n+")))
            .filter(sentence -> sentence.matches("(?s)(\\S+\\s+){4,}\\S+[.?!]"))
            .limit(10_000)
            .toList();

    assertThat(sentences).hasSize(10_000);
    assertThat(new HashSet<>(sentences)).hasSizeGreaterThan(8_500);
  }

  @Test
  void aFolderWithoutGrammarsIsRefused() {
    assertThatThrownBy(() -> CorpusGenerator.fromFolder(Path.of("no-such-folder"), 1))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no-such-folder");
  }

  private static Stream<String> texts(Document document) {
    if (document instanceof Prose prose) {
      return Stream.of(prose.text());
    }
    return ((Dialogue) document).messages().stream().map(Message::content);
  }
}
