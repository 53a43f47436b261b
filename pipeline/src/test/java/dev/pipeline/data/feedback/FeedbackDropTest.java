package dev.pipeline.data.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.feedback.FeedbackDrop.Taken;
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
