package dev.pipeline.data.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.data.feedback.FeedbackDrop.Taken;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackDropTest {
  @TempDir Path home;
  private Path drop;
  private FeedbackStore store;

  @BeforeEach
  void makeFolder() throws IOException {
    drop = Files.createDirectories(home.resolve("drop"));
    store = Stores.in(home.resolve("store"));
  }

  @Test
  void aFileIsTakenInAndItsOriginalDeleted() throws IOException {
    write(
        "monday.jsonl", line("a-1"), "nonsense of anna.beck@example.com", line("a-2"), line("a-1"));
    Taken taken = new FeedbackDrop(drop, store).take().get(0);
    assertThat(taken.kept()).isEqualTo(2);
    assertThat(taken.known()).isEqualTo(1);
    assertThat(taken.aside())
        .singleElement()
        .satisfies(aside -> assertThat(aside.line()).isEqualTo(2));
    assertThat(drop.resolve("monday.jsonl")).doesNotExist();
    assertThat(drop.resolve("taking")).isEmptyDirectory();
    assertThat(drop.resolve("done/monday.jsonl")).content().contains("\"a-1\"", "\"a-2\"");
    assertThat(drop.resolve("aside/monday.jsonl"))
        .content()
        .contains("no JSON")
        .contains("[EMAIL_1]")
        .doesNotContain("anna.beck");
    assertThat(new FeedbackDrop(drop, store).take()).isEmpty();
  }

  @Test
  void whatACrashLeftClaimedIsTakenAgainAndKeptOnce() throws IOException {
    store.add(line("a-1"));
    Files.createDirectories(drop.resolve("taking"));
    Files.writeString(drop.resolve("taking/monday.jsonl"), line("a-1") + "\n" + line("a-2") + "\n");
    Taken taken = new FeedbackDrop(drop, store).take().get(0);
    assertThat(taken.kept()).isEqualTo(1);
    assertThat(taken.known()).isEqualTo(1);
    assertThat(store.all()).hasSize(2);
  }

  @Test
  void anotherFileOfTheSameNameReplacesNothing() throws IOException {
    FeedbackDrop both = new FeedbackDrop(drop, store);
    write("monday.jsonl", line("a-1"));
    both.take();
    write("monday.jsonl", line("a-2"));
    both.take();
    assertThat(drop.resolve("done/monday.jsonl")).content().contains("a-1");
    assertThat(drop.resolve("done/monday-2.jsonl")).content().contains("a-2");
  }

  @Test
  void anIdThatMeansSomethingElseIsSetAside() throws IOException {
    store.add(line("a-1"));
    write("monday.jsonl", line("a-1").replace("Noted.", "Other words."));
    assertThat(new FeedbackDrop(drop, store).take().get(0).aside())
        .singleElement()
        .satisfies(aside -> assertThat(aside.reason()).contains("another feedback has its 'id'"));
  }

  @Test
  void aNumberThatIsNoAmountIsTakenInLikeAnyOther() throws IOException {
    write("monday.jsonl", line("a-1").replace("Noted.", "See 192.168.1.4 and clause 10.200.1."));
    assertThat(new FeedbackDrop(drop, store).take().get(0).kept()).isEqualTo(1);
  }

  @Test
  void whatALineStatesAboutPeopleIsNotSetAsideWithIt() throws IOException {
    String named =
        line("a-1")
            .replace("Noted.", "Ask Zorblax at Quimbly Widgetry.")
            .replace(
                "{",
                "{\"who\":\"buyer-zorblax\",\"people\":[\"Zorblax\"],\"company\":\"Quimbly Widgetry\",");
    write(
        "monday.jsonl",
        named.replace("\"up\"", "\"sideways\""),
        named.replace("}", ""),
        "{\"who\": \"buyer-zorblax",
        "[".repeat(60_000));
    assertThat(new FeedbackDrop(drop, store).take().get(0).aside()).hasSize(4);
    assertThat(drop.resolve("aside/monday.jsonl"))
        .content()
        .contains("[COMPANY_1]")
        .doesNotContainIgnoringCase("zorblax")
        .doesNotContain("Quimbly");
  }

  @Test
  void theSameIsKnownThoughItsPseudonymIsAnother() throws IOException {
    String said = line("a-1").replace("{", "{\"who\":\"buyer-12\",");
    store.add(said);
    Files.delete(home.resolve("store/.pseudonym-key"));
    write("monday.jsonl", said);
    assertThat(new FeedbackDrop(drop, store).take().get(0).known()).isEqualTo(1);
  }

  @Test
  void aDamagedKeyIsNamed() throws IOException {
    store.add(line("a-1"));
    Files.writeString(home.resolve("store/.pseudonym-key"), "");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> store.add(line("a-2")))
        .withMessageContaining(".pseudonym-key is damaged");
  }

  @Test
  void linksAndUnfinishedFilesStayWhereTheyAre() throws IOException {
    Path elsewhere = Files.writeString(home.resolve("elsewhere.jsonl"), line("a-1") + "\n");
    Files.createSymbolicLink(drop.resolve("link.jsonl"), elsewhere);
    Files.writeString(drop.resolve("monday.jsonl.part"), line("a-2"));
    assertThat(new FeedbackDrop(drop, store).take()).isEmpty();
    assertThat(store.all()).isEmpty();
    assertThat(elsewhere).exists();
  }

  @Test
  void aMissingFolderHoldsNothing() {
    assertThat(new FeedbackDrop(home.resolve("none"), store).take()).isEmpty();
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(drop.resolve(name), List.of(lines));
  }

  private static String line(String id) {
    return FeedbackStoreTest.liked(id, "Noted.");
  }
}
