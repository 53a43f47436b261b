package dev.pipeline.fetch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.fetch.FetchRequest.Mode;
import dev.pipeline.fetch.FetchResult.State;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a fetch does when nothing goes wrong, and when it has nothing to do. */
class FetchTest {
  private static final String WEIGHTS = "model.safetensors";

  @TempDir Path folder;
  private FakeHub hub;
  private FakeRepository repository;
  private Fetching fetching;

  @BeforeEach
  void start() throws IOException {
    hub = new FakeHub();
    repository =
        hub.add(Fetching.MODEL)
            .git("config.json", "{\"model_type\":\"phi3\"}")
            .git("README.md", "# A model")
            .git("LICENSE", "MIT")
            .lfs("tokenizer.json", FakeContent.of("{\"version\":\"1.0\"}"))
            .lfs(WEIGHTS, FakeContent.safetensors(500_000, 1))
            .lfs("consolidated.safetensors", FakeContent.safetensors(1_000, 2))
            .lfs("pytorch_model.bin", FakeContent.of("pickled"))
            .lfs("model-Q4_K_M.gguf", FakeContent.of("GGUF and more"))
            .git("onnx/config.json", "{}");
    fetching = new Fetching(hub.endpoint(), folder);
  }

  @AfterEach
  void nothingForbiddenWasDone() throws IOException {
    hub.close();
    assertThat(hub.violations).isEmpty();
  }

  @Test
  void bringsWhatAModelFolderNeedsAndNoPickle() throws IOException {
    FetchResult result = fetching.run();

    assertThat(result.state()).isEqualTo(State.FETCHED);
    assertThat(result.folder())
        .isEqualTo(folder.resolve("owner--model").resolve(FakeRepository.COMMIT));
    assertThat(result.baseModel()).isEqualTo(result.folder());
    assertThat(fetching.finished)
        .containsExactlyInAnyOrder("config.json", "LICENSE", "tokenizer.json", WEIGHTS);
    assertThat(visible(result.folder()))
        .containsExactly("LICENSE", "config.json", "fetch.json", WEIGHTS, "tokenizer.json");
    assertRight(result.folder());
  }

  @Test
  void aDamagedListingIsAskedForAnew() throws IOException {
    fetching.model += "@" + FakeRepository.COMMIT;
    Path listing = fetching.run().folder().resolve(".fetch-listing.json");
    String whole = Files.readString(listing);
    for (byte[] damaged : List.of("{broken".getBytes(UTF_8), new byte[] {'"', (byte) 0xff})) {
      Files.write(listing, damaged);
      assertThat(fetching.run().state()).isEqualTo(State.ALREADY_THERE);
      assertThat(listing).hasContent(whole);
    }
  }

  @Test
  void theManifestNamesCommitAndDigestOfEachFile() throws IOException {
    Path made = fetching.run().folder();

    JsonNode manifest = Json.mapper().readTree(Files.readString(made.resolve(FetchManifest.NAME)));
    assertThat(manifest.path("repository").asString()).isEqualTo("owner/model");
    assertThat(manifest.path("commit").asString()).isEqualTo(FakeRepository.COMMIT);
    assertThat(manifest.path("files"))
        .allSatisfy(
            file ->
                assertThat(file.path("sha256").asString())
                    .isEqualTo(Hashes.sha256(made.resolve(file.path("path").asString()))));
  }

  @Test
  void asksForRangesOfAChunkEach() {
    fetching.run();

    long size = repository.file(WEIGHTS).content.size();
    assertThat(hub.ranges).contains("bytes=0-65535", "bytes=65536-131071");
    assertThat(hub.ranges).contains("bytes=458752-" + (size - 1));
  }

  @Test
  void theSecondTimeNothingIsFetched() {
    fetching.run();
    hub.requests.clear();

    FetchResult again = fetching.run();

    assertThat(again.state()).isEqualTo(State.ALREADY_THERE);
    assertThat(again.fetchedBytes()).isZero();
    assertThat(hub.requests).allMatch(request -> request.startsWith("hub /api/models/"));
  }

  @Test
  void ofACommitThatIsThereNobodyIsAsked() throws IOException {
    fetching.run();
    hub.close();
    fetching.model = Fetching.MODEL + "@" + FakeRepository.COMMIT;

    assertThat(fetching.run().state()).isEqualTo(State.ALREADY_THERE);
  }

  @Test
  void globsTakeThePlaceOfTheChoice() {
    fetching.choice = new FileChoice(List.of("*.gguf", "LICENSE"), List.of());

    FetchResult result = fetching.run();

    assertThat(fetching.finished).containsExactlyInAnyOrder("model-Q4_K_M.gguf", "LICENSE");
    assertThat(result.baseModel()).isEqualTo(result.folder().resolve("model-Q4_K_M.gguf"));
  }

  @Test
  void whatIsAskedForLaterJoinsWhatIsThere() {
    Path first = fetching.run().folder();
    fetching.finished.clear();
    fetching.choice = new FileChoice(List.of("onnx/*", "config.json"), List.of());

    fetching.run();

    assertThat(fetching.finished).containsExactly("onnx/config.json");
    fetching.choice = new FileChoice(List.of(), List.of());
    fetching.mode = Mode.OFFLINE;
    assertThat(fetching.run().folder()).isEqualTo(first);
  }

  @Test
  void aDryRunWritesNothing() {
    fetching.mode = Mode.DRY_RUN;

    FetchResult result = fetching.run();

    assertThat(result.state()).isEqualTo(State.NOT_FETCHED);
    assertThat(result.fetchedBytes()).isEqualTo(result.bytes()).isPositive();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void offlineUsesWhatIsThereAndSaysWhatIsMissing() throws IOException {
    fetching.mode = Mode.OFFLINE;
    assertThatThrownBy(fetching::run)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("owner/model was never fetched");

    fetching.mode = Mode.FETCH;
    FetchResult online = fetching.run();
    hub.requests.clear();
    fetching.mode = Mode.OFFLINE;
    assertThat(fetching.run().folder()).isEqualTo(online.folder());

    Files.delete(online.folder().resolve(WEIGHTS));
    assertThatThrownBy(fetching::run)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("1 of 4 files of owner/model are missing")
        .hasMessageContaining(WEIGHTS);
    assertThat(hub.requests).isEmpty();
  }

  @Test
  void aDamagedFileIsFoundWhenAskedToVerifyAndFetchedAnewWhenMovedAway() throws IOException {
    Path made = fetching.run().folder();
    Path weights = made.resolve(WEIGHTS);
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length / 2] ^= 1;
    Files.write(weights, bytes);
    assertThat(fetching.run().state()).isEqualTo(State.ALREADY_THERE);

    fetching.verify = true;
    assertThatThrownBy(fetching::run)
        .isInstanceOf(Failure.class)
        .hasMessageContaining(WEIGHTS + " is damaged")
        .hasMessageContaining(repository.file(WEIGHTS).sha256);

    Files.delete(weights);
    fetching.finished.clear();
    assertThat(fetching.run().state()).isEqualTo(State.FETCHED);
    assertThat(fetching.finished).containsExactly(WEIGHTS);
    assertRight(made);
  }

  @Test
  void aNamedFolderHoldsOneCommit() throws IOException {
    fetching.to = Optional.of(folder.resolve("models/phi"));
    assertThat(fetching.run().folder()).isEqualTo(folder.resolve("models/phi"));
    assertRight(folder.resolve("models/phi"));

    repository.commit = "f".repeat(40);
    assertThatThrownBy(fetching::run)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("holds commit " + FakeRepository.COMMIT);
    assertThat(folder.resolve("owner--model")).doesNotExist();
  }

  @Test
  void whatLiesInTheWayIsLeftAsItIs() throws IOException {
    Path mine = folder.resolve("mine");
    Files.createDirectories(mine);
    Files.writeString(mine.resolve("config.json"), "{\"my\":\"own\"}");
    fetching.to = Optional.of(mine);

    assertThatThrownBy(fetching::run)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining("config.json is damaged or not what was fetched");
    assertThat(mine.resolve("config.json")).hasContent("{\"my\":\"own\"}");
    assertThat(visible(mine)).containsExactly("config.json");
  }

  @Test
  void whatAnotherToolFetchedIsTakenOverWhenItIsRight() throws IOException {
    Path theirs = Files.createDirectories(folder.resolve("theirs"));
    try (var out = Files.newOutputStream(theirs.resolve(WEIGHTS))) {
      FakeContent content = repository.file(WEIGHTS).content;
      content.write(0, content.size(), out);
    }
    fetching.to = Optional.of(theirs);

    fetching.run();

    assertThat(fetching.finished).doesNotContain(WEIGHTS).contains("config.json");
    assertThat(theirs.resolve(FetchManifest.NAME)).exists();
  }

  @Test
  void anEmptyFileIsNoTrouble() {
    repository.git("NOTICE", "");

    assertThat(fetching.run().folder().resolve("NOTICE")).isEmptyFile();
  }

  @Test
  void pathsWithUnusualLettersAreAskedForAsTheyAre() {
    repository.files.clear();
    repository.git("a folder/100% ümlaut.txt", "text");
    fetching.choice = new FileChoice(List.of("*"), List.of());
    assertThatThrownBy(fetching::run)
        .as("the stand-in does not decode, so it must have been encoded")
        .hasMessageContaining("listed but not there");
    assertThat(hub.requests)
        .anyMatch(request -> request.endsWith("/a%20folder/100%25%20%C3%BCmlaut.txt"));
  }

  private void assertRight(Path made) throws IOException {
    for (String path : visible(made)) {
      if (!path.equals(FetchManifest.NAME)) {
        assertThat(Hashes.sha256(made.resolve(path))).isEqualTo(repository.file(path).sha256);
      }
    }
  }

  static List<String> visible(Path made) throws IOException {
    try (var files = Files.list(made)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }
}
