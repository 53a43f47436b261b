package dev.pipeline.data.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Rejected;
import dev.pipeline.data.Sample;
import dev.pipeline.data.Shipped;
import dev.pipeline.data.dedup.RepeatedCodes;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole way, on the shipped data. */
@Tag("recipe")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CurationTest {
  private static final CurationSettings SETTINGS = CurationSettings.defaults("demo");
  private static final Path RAW = Shipped.DATASETS.resolve("raw");

  private final Dataset dataset = Curation.assemble(RAW, SETTINGS, Shipped.TOKENS);
  private DatasetWriter.Written written;
  @TempDir static Path curated;

  /** One line of {@code dirt.jsonl}. */
  record Dirt(
      String file,
      int line,
      String kind,
      @Nullable String conversation,
      @Nullable String of,
      @Nullable String detail) {}

  @BeforeAll
  void write() {
    written = DatasetWriter.write(curated, dataset, SETTINGS);
  }

  @Test
  void theShippedDataYieldAtLeastSixHundredRows() {
    assertThat(dataset.accepted()).hasSizeGreaterThanOrEqualTo(600);
    double share = (double) dataset.split().validation().size() / dataset.accepted().size();
    assertThat(share).isBetween(0.095, 0.105);
  }

  @Test
  void noLineIsLost() throws IOException {
    Set<String> seen = new HashSet<>();
    dataset.accepted().forEach(row -> seen.add(row.source().file() + row.source().line()));
    dataset.rejected().forEach(row -> seen.add(row.source().file() + row.source().line()));
    int lines = 0;
    for (InputFile input : dataset.inputs()) {
      String text = Files.readString(RAW.resolve(input.file()), StandardCharsets.ISO_8859_1);
      lines += (int) text.chars().filter(c -> c == '\n').count();
    }
    assertThat(seen).hasSize(lines);
  }

  @Test
  void plantedDirtIsCaughtForTheRightReason() {
    Map<String, String> allowed =
        Map.of(
            "broken line", "unreadable-line",
            "exact-duplicate", "exact-duplicate",
            "empty answer", "empty-answer",
            "whitespace-only answer", "empty-answer",
            "whitespace-only message", "empty-instruction");
    for (Dirt dirt : JsonLines.read(Shipped.DATASETS.resolve("labels/dirt.jsonl"), Dirt.class)) {
      List<String> reasons =
          dataset.rejected().stream()
              .filter(row -> row.source().file().equals(dirt.file()))
              .filter(row -> row.source().line() == dirt.line())
              .map(Rejected::reason)
              .toList();
      if (allowed.containsKey(dirt.kind())) {
        assertThat(reasons).as("%s", dirt).contains(String.valueOf(allowed.get(dirt.kind())));
      } else if (dirt.kind().equals("encoding")) {
        assertThat(reasons).as("%s", dirt).doesNotContain("unreadable-line");
      }
    }
  }

  @Test
  void noShippedRowIsTakenForASecret() {
    assertThat(dataset.rejectedByReason()).doesNotContainKey(RepeatedCodes.REPEATED_CODE);
  }

  @Test
  void noCopyIsAccepted() {
    Set<String> copies =
        JsonLines.read(Shipped.DATASETS.resolve("labels/dirt.jsonl"), Dirt.class).stream()
            .filter(dirt -> dirt.kind().endsWith("duplicate"))
            .map(dirt -> String.valueOf(dirt.conversation()))
            .collect(Collectors.toSet());
    assertThat(copies).hasSize(24);
    assertThat(dataset.accepted())
        .extracting(row -> row.source().conversation())
        .doesNotContainAnyElementsOf(copies);
  }

  @Test
  void theVersionIsNamedByItsContentAndComplete() throws IOException {
    DatasetManifest manifest =
        Json.parse(
            Files.readString(written.folder().resolve(DatasetManifest.FILE)),
            DatasetManifest.class,
            "manifest");
    assertThat(manifest).isEqualTo(written.manifest());
    assertThat(written.folder()).hasFileName(manifest.version());
    assertThat(DatasetWriter.latest(curated, "demo")).isEqualTo(written.folder());
    manifest
        .files()
        .forEach(
            (file, sha) ->
                assertThat(Hashes.sha256(written.folder().resolve(file))).isEqualTo(sha));
    assertThat(JsonLines.read(written.folder().resolve(DatasetWriter.TRAIN), Sample.class))
        .isEqualTo(dataset.split().train());
    assertThat(JsonLines.read(written.folder().resolve(DatasetWriter.REJECTED), Rejected.class))
        .isEqualTo(dataset.rejected());
    int rows = manifest.counts().getOrDefault("accepted", 0);
    assertThat(rows + manifest.counts().getOrDefault("rejected_rows", 0))
        .isEqualTo(manifest.counts().get("mined"));
  }

  @Test
  void theSameContentIsWrittenOnceAndNamesNoMachine() throws IOException {
    DatasetWriter.Written again = DatasetWriter.write(curated, dataset, SETTINGS);
    assertThat(again).isEqualTo(written);
    try (var files = Files.list(curated.resolve("demo"))) {
      assertThat(files.map(path -> String.valueOf(path.getFileName())))
          .containsExactlyInAnyOrder(written.manifest().version(), "latest");
    }
    String card = Files.readString(written.folder().resolve(DatasetWriter.CARD));
    assertThat(card)
        .contains("## Provenance", "## Redaction policy", "## Reviewer approvals", "annotator-03")
        .doesNotContain(Path.of("").toAbsolutePath().toString());
  }

  @Test
  void dataOfWhichNothingIsLeftAreRefused(@TempDir Path raw) throws IOException {
    Files.writeString(raw.resolve("a.jsonl"), "not json\n");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Curation.run(raw, curated, SETTINGS, Shipped.TOKENS))
        .withMessageContaining("unreadable-line=1");
  }
}
