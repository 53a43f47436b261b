package dev.pipeline.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.embed.Embedder;
import dev.pipeline.embed.LetterEmbedder;
import dev.pipeline.embed.MiniLmEmbedder;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.vectors.FileVectorStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentCollectionTest {
  @TempDir Path folder;
  private Path source;
  private final LetterEmbedder letters = new LetterEmbedder(26);

  @BeforeEach
  void write() throws IOException {
    source = Files.createDirectories(folder.resolve("source"));
    put("guide/returns.md", "# Returns\n\nGoods may be sent back within thirty days.\n");
    put("guide/shipping.md", "# Shipping\n\nFreight by sea takes five weeks.\n");
    put("Main.java", "class Main {\n  int answer() {\n    return 42;\n  }\n}\n");
  }

  @Test
  void findsThePieceThatAnswers() {
    open(new MiniLmEmbedder()).ingest(source, Set.of(), Progress.SILENT, new StopSignal());

    List<Passage> found =
        open(new MiniLmEmbedder()).search("How long do I have to return an item?", 2);

    assertThat(found).hasSize(2);
    assertThat(found.get(0).path()).isEqualTo("guide/returns.md");
    assertThat(found.get(0).text()).contains("thirty days");
    assertThat(found.get(0).firstLine()).isEqualTo(1);
    assertThat(found.get(0).lastLine()).isEqualTo(3);
  }

  @Test
  void onlyWhatChangedIsEmbeddedAgainAndWhatVanishedIsRemoved() throws IOException {
    assertThat(ingest()).isEqualTo(new Ingested("handbook", 3, 3, 3, 0, 0, List.of()));
    assertThat(letters.embedded()).isEqualTo(3);
    assertThat(ingest()).isEqualTo(new Ingested("handbook", 3, 3, 0, 3, 0, List.of()));
    assertThat(letters.embedded()).isEqualTo(3);

    put("guide/shipping.md", "# Shipping\n\nFreight by sea takes six weeks.\n");
    Files.delete(source.resolve("Main.java"));

    assertThat(ingest()).isEqualTo(new Ingested("handbook", 2, 2, 1, 1, 2, List.of()));
    assertThat(letters.embedded()).isEqualTo(4);
    assertThat(open(letters).search("weeks", 9))
        .hasSize(2)
        .noneMatch(passage -> passage.text().contains("five"));
  }

  @Test
  void leavesOutWhatIsNoTextAndWhatLiesElsewhere() throws IOException {
    put(".git/config", "planted");
    put("sub/.git/config", "planted");
    put("node_modules/x/index.js", "planted");
    put(".env", "planted");
    Files.write(source.resolve("image.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1});
    Files.writeString(source.resolve("zero.txt"), "a\0planted");
    Files.writeString(source.resolve("large.txt"), "planted ".repeat(200_000));
    Path outside = Files.writeString(folder.resolve("outside.txt"), "planted");
    Files.createSymbolicLink(source.resolve("link.txt"), outside);
    Files.createSymbolicLink(source.resolve("linked"), folder);

    Ingested done = ingest();

    assertThat(done.files()).isEqualTo(3);
    assertThat(done.skipped()).containsExactly("image.png", "large.txt", "zero.txt");
    assertThat(stored()).doesNotContain("planted");
  }

  @Test
  void secretsAndPeopleAreRedactedBeforeAnythingIsStored() throws IOException {
    put(
        "notes.md",
        "Call Ms Martha Planted at +49 30 901820 or martha@planted.example.\npassword: planted-1\n");

    ingest();

    assertThat(stored())
        .doesNotContain("Martha")
        .doesNotContain("901820")
        .doesNotContain("planted.example")
        .doesNotContain("planted-1")
        .contains("[SECRET]")
        .contains("[EMAIL_1]");
  }

  @Test
  void whatStandsBehindAPrivateKeyIsCitedWithItsOwnLine() throws IOException {
    put(
        "keys.md",
        "-----BEGIN PRIVATE KEY-----\n"
            + "planted\n".repeat(40)
            + "-----END PRIVATE KEY-----\n"
            + "The zebra is quizzical.\n".repeat(60));

    ingest();

    List<Passage> found =
        open(letters).search("zebra quizzical", 9).stream()
            .filter(passage -> passage.path().equals("keys.md"))
            .toList();
    assertThat(found).hasSizeGreaterThan(1);
    assertThat(found.stream().mapToInt(Passage::lastLine).max()).hasValue(102);
    assertThat(stored()).doesNotContain("planted");
  }

  @Test
  void stoppedInBetweenItGoesOnWhereItWas() {
    StopSignal stop = new StopSignal();
    Progress afterTheFirst = (done, total, message) -> stop.request("test");
    assertThatThrownBy(() -> open(letters).ingest(source, Set.of(), afterTheFirst, stop))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("1 pieces are kept");

    assertThat(ingest()).isEqualTo(new Ingested("handbook", 3, 3, 2, 1, 0, List.of()));
  }

  @Test
  void progressReachesTheEnd() {
    List<String> told = new ArrayList<>();
    open(letters)
        .ingest(
            source,
            Set.of(),
            (done, total, message) -> told.add(done + "/" + total),
            new StopSignal());

    assertThat(told).containsExactly("1/3", "2/3", "3/3");
  }

  @Test
  void aCollectionThatNobodyFilledIsRefusedAndNotMade() {
    FileVectorStore store = new FileVectorStore(folder.resolve("memory"));

    assertThatThrownBy(() -> DocumentCollection.existing(store, letters, "other"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("other");
    assertThat(store.names()).isEmpty();
  }

  private Ingested ingest() {
    return open(letters).ingest(source, Set.of(), Progress.SILENT, new StopSignal());
  }

  private DocumentCollection open(Embedder embedder) {
    String name = embedder == letters ? "handbook" : "semantic";
    return DocumentCollection.open(new FileVectorStore(folder.resolve("memory")), embedder, name);
  }

  private String stored() throws IOException {
    return Files.readString(folder.resolve("memory/handbook/points.jsonl"));
  }

  private void put(String path, String text) throws IOException {
    Path file = source.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
