package dev.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content that is not what the hub lists, or no weights at all, is never given its name. */
class RefusedContentTest {
  @TempDir Path folder;
  private FakeHub hub;
  private FakeRepository repository;
  private FakeFile weights;
  private Fetching fetching;
  private FetchedWeights fetched;

  @BeforeEach
  void start() throws IOException {
    hub = new FakeHub();
    repository = FetchedWeights.on(hub);
    weights = repository.file(FetchedWeights.FILE);
    fetching = new Fetching(hub.endpoint(), folder);
    fetched = new FetchedWeights(folder);
  }

  @AfterEach
  void nothingForbiddenWasDone() throws IOException {
    hub.close();
    assertThat(hub.violations).isEmpty();
  }

  @Test
  void anotherContentOfTheSameLengthIsRefused() throws IOException {
    weights.served = FakeContent.safetensors(FetchedWeights.SIZE, 99);

    assertRefused("the hub lists sha256:" + weights.sha256 + ", what came has sha256:");
  }

  @Test
  void anotherContentInGitIsRefused() throws IOException {
    FakeFile config = repository.file("config.json");
    config.served = FakeContent.of("[]");

    assertThatThrownBy(fetching::run)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("config.json is refused: the hub lists git:" + config.blob);
    assertThat(fetched.at("config.json")).doesNotExist();
    assertThat(fetched.at(FetchManifest.NAME)).doesNotExist();
  }

  @Test
  void aLengthThatIsNotTheListedOneIsRefused() throws IOException {
    weights.listedSize = weights.content.size() + 1;
    assertRefused("the hub lists " + (weights.content.size() + 1) + " bytes, the server has ");

    weights.listedSize = weights.content.size() - 1;
    assertRefused("the hub lists " + (weights.content.size() - 1) + " bytes, the server has ");
  }

  @Test
  void aPointerInPlaceOfWeightsIsNamed() throws IOException {
    weights.served = FakeContent.of(pointer());
    assertRefused("the server sends a git-lfs pointer");

    hub.misbehaviour.ignoresRanges = true;
    assertRefused("the server sends a git-lfs pointer");
  }

  @Test
  void aPointerThatIsTheRepositorysOwnIsNamed() throws IOException {
    replaceWeights(false, FakeContent.of(pointer()));

    assertRefused("the repository itself holds a git-lfs pointer");
  }

  @Test
  void anHtmlPageInPlaceOfWeightsIsNamed() throws IOException {
    weights.served = FakeContent.of("<!DOCTYPE html><title>Please log in</title>");
    assertRefused("the server sends an HTML page");

    replaceWeights(true, FakeContent.of("<html>".repeat(100)));
    assertRefused("the repository itself holds an HTML page");
  }

  @Test
  void placeholdersForWeightsAreNamed() throws IOException {
    replaceWeights(true, FakeContent.of(""));
    assertRefused("the repository itself holds an empty file");

    replaceWeights(true, FakeContent.of("PLACEHOLDER for the weights"));
    assertRefused("the repository itself holds no safetensors");

    replaceWeights(true, FakeContent.of(new byte[5]));
    assertRefused("the repository itself holds no safetensors");
  }

  private void replaceWeights(boolean lfs, FakeContent content) {
    weights = new FakeFile(content, lfs);
    repository.files.put(FetchedWeights.FILE, weights);
  }

  private void assertRefused(String why) throws IOException {
    assertThatThrownBy(fetching::run)
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED))
        .hasMessageContaining(FetchedWeights.FILE + " is refused: " + why);
    assertThat(fetched.at(FetchedWeights.FILE)).doesNotExist();
    assertThat(fetched.at(FetchManifest.NAME)).doesNotExist();
    assertThat(fetched.partials()).isEmpty();
  }

  private static String pointer() {
    return "version https://git-lfs.github.com/spec/v1\noid sha256:"
        + "0".repeat(64)
        + "\nsize 1000075\n";
  }
}
