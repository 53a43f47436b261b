package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.fetch.FakeContent;
import dev.pipeline.fetch.FakeHub;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FetchCommandTest {
  @TempDir Path folder;
  private FakeHub hub;

  @BeforeEach
  void start() throws IOException {
    hub = new FakeHub();
    hub.add("microsoft/phi-4")
        .git("config.json", "{}")
        .lfs("model.safetensors", FakeContent.safetensors(100_000, 1));
  }

  @AfterEach
  void stop() throws IOException {
    hub.close();
  }

  @Test
  void printsTheFolderAlone() {
    Typed typed = fetch("phi-4");

    assertThat(typed.status()).as(typed.err()).isZero();
    assertThat(typed.out()).isEqualTo(folder.resolve("phi") + "\n");
    assertThat(folder.resolve("phi/fetch.json")).exists();
  }

  @Test
  void jsonTellsCommitFilesAndWhatToWriteAsBaseModel() {
    JsonNode fetched = Json.parse(fetch("phi-4", "--json").out(), JsonNode.class, "fetch");

    assertThat(fetched.path("repository").asString()).isEqualTo("microsoft/phi-4");
    assertThat(fetched.path("commit").asString()).hasSize(40);
    assertThat(fetched.path("state").asString()).isEqualTo("FETCHED");
    assertThat(fetched.path("files")).hasSize(2);
    assertThat(fetched.path("baseModel").asString()).endsWith("phi");
    assertThat(fetch("phi-4", "--json").out()).contains("ALREADY_THERE");
  }

  @Test
  void aDryRunListsWhatItWouldFetch() {
    Typed typed = fetch("microsoft/phi-4", "--dry-run");

    assertThat(typed.out())
        .contains("       2 B  config.json\n", "  100.1 kB  model.safetensors\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aWrongNameNamesTheNearestKnown() {
    Typed typed = fetch("microsoft/phi4");

    assertThat(typed.status()).isEqualTo(2);
    assertThat(typed.err())
        .contains("shows no model microsoft/phi4", "did you mean microsoft/phi-4?");
  }

  @Test
  void whatCannotBeMeantIsRefusedBeforeAnybodyIsAsked() {
    assertThat(fetch("phi-4", "--connections", "0").status()).isEqualTo(2);
    assertThat(fetch("phi-4", "--offline", "--dry-run").status()).isEqualTo(2);
    assertThat(fetch("no-such-model").err()).contains("known are ");
    assertThat(fetch("phi-4", "--offline").err()).contains("was never fetched");
    assertThat(hub.requests).isEmpty();
  }

  @Test
  void aFileIsNoFolderToFetchTo() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    for (Path to : List.of(file, file.resolve("below"))) {
      Typed typed =
          Typed.run(
              "fetch",
              "a/b",
              "--endpoint",
              hub.endpoint(),
              "--to",
              to.toString(),
              "--models",
              "../configs/models");
      assertThat(typed.status()).isEqualTo(2);
      assertThat(typed.err()).contains(file + " is no folder");
    }
    assertThat(file).hasContent("mine");
    assertThat(hub.requests).isEmpty();
  }

  @Test
  void progressTellsSpeedAndTimeLeft() {
    assertThat(FetchReport.message(100_000_000, 2e6, "")).isEqualTo("MB, 2.0 MB/s, 50.0 s left");
    assertThat(FetchReport.message(0, 0, "checking digests"))
        .isEqualTo("MB, 0.0 MB/s, checking digests");
    assertThat(Bytes.text(29_320_000_000L)).isEqualTo("29.32 GB");
    assertThat(Bytes.text(735)).isEqualTo("735 B");
  }

  private Typed fetch(String... words) {
    List<String> all = new ArrayList<>(List.of("fetch", "--endpoint", hub.endpoint()));
    all.addAll(List.of("--to", folder.resolve("phi").toString(), "--models", "../configs/models"));
    all.addAll(List.of(words));
    return Typed.run(all.toArray(String[]::new));
  }
}
