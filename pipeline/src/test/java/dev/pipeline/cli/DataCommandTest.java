package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.corpus.CorpusGenerator;
import dev.pipeline.data.corpus.Document;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DataCommandTest {
  @Test
  void aFolderBecomesACollectionThatAnswers() throws IOException {
    Path config = folder.resolve("all.yaml");
    Files.writeString(config, "model:\n  output_dir: " + folder.resolve("artifacts") + "\n");
    Path guide = Files.createDirectories(folder.resolve("guide"));
    Files.writeString(guide.resolve("returns.md"), "Goods may be sent back within thirty days.\n");
    Files.writeString(guide.resolve("sea.md"), "Freight by sea takes five weeks.\n");
    String[] ingest = {
      "data", "ingest", guide.toString(), "--collection", "guide", "--config", config.toString()
    };

    assertThat(Typed.run(ingest).out())
        .isEqualTo(
            "guide holds 2 pieces of 2 files: 2 embedded, 0 unchanged, 0 removed; 0 skipped\n");
    assertThat(Typed.run(ingest).out())
        .isEqualTo(
            "guide holds 2 pieces of 2 files: 0 embedded, 2 unchanged, 0 removed; 0 skipped\n");
    String[] search = {
      "data",
      "search",
      "how",
      "long",
      "does",
      "a",
      "ship",
      "need",
      "--collection",
      "guide",
      "--config",
      config.toString()
    };
    assertThat(Typed.run(search).out())
        .containsPattern("^0\\.\\d\\d  sea.md:1-1\n    Freight by sea takes five weeks.\n");
    String[] json = java.util.Arrays.copyOf(search, search.length + 1);
    json[search.length] = "--json";
    JsonNode found = Json.mapper().readTree(Typed.run(json).out());
    assertThat(found.path(0).path("path").asString("")).isEqualTo("sea.md");
    assertThat(found).hasSize(2);

    Typed plans =
        Typed.run(
            "data",
            "ingest",
            guide.toString(),
            "--collection",
            "learning",
            "--config",
            config.toString());
    assertThat(plans.status()).isEqualTo(2);
    Typed missing =
        Typed.run("data", "search", "x", "--collection", "other", "--config", config.toString());
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("there is no collection 'other'");
  }

  private static final String GRAMMAR =
      """
      [document]
      We {verb} the {thing}.
      <user>May we {verb} the {thing}?<assistant>Yes, {verb} the {thing}.

      [verb]
      ship
      return
      weigh

      [thing]
      crate
      "last" lot
      é-bike
      """;

  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void writeTheGrammar() throws IOException {
    Files.writeString(folder.resolve("small.grammar"), GRAMMAR);
    out = folder.resolve("corpus.jsonl");
  }

  @Test
  void writesTheGeneratorsDocumentsInOrder() throws IOException {
    Typed typed = corpus(new StopSignal(), "--documents", "40", "--seed", "3");

    assertThat(typed.status()).as(typed.err()).isZero();
    assertThat(typed.out()).isEqualTo("wrote 40 documents to " + out + "\n");
    List<Document> expected = CorpusGenerator.fromFolder(folder, 3).documents().limit(40).toList();
    assertThat(expected).hasAtLeastOneElementOfType(Document.Prose.class);
    assertThat(expected).hasAtLeastOneElementOfType(Document.Dialogue.class);
    assertThat(Files.readAllLines(out).stream().map(DataCommandTest::document))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void theSeedIsOneUnlessSaid() throws IOException {
    corpus(new StopSignal(), "--documents", "20");
    String unsaid = Files.readString(out);
    corpus(new StopSignal(), "--documents", "20", "--seed", "1");

    assertThat(out).hasContent(unsaid);
  }

  @Test
  void askedToStopItLeavesTheFileAsItWas() throws IOException {
    Files.writeString(out, "before");
    StopSignal stop = new StopSignal();
    stop.request("interrupted");

    Typed typed = corpus(stop, "--documents", "40");

    assertThat(typed.status()).isEqualTo(130);
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    assertThat(out).hasContent("before");
  }

  @Test
  void aDashIsStandardOutput() throws IOException {
    corpus(new StopSignal(), "--documents", "20");

    Typed typed =
        Typed.run(
            "data", "corpus", "--grammars", folder.toString(), "--documents", "20", "--out", "-");

    assertThat(typed.status()).as(typed.err()).isZero();
    assertThat(typed.out()).isEqualTo(Files.readString(out));
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void noDocumentsIsAMistake() {
    Typed typed = corpus(new StopSignal(), "--documents", "0");

    assertThat(typed.status()).isEqualTo(2);
    assertThat(out).doesNotExist();
  }

  private Typed corpus(StopSignal stop, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("data", "corpus", "--grammars", folder.toString()));
    arguments.addAll(List.of("--out", out.toString()));
    arguments.addAll(List.of(options));
    return Typed.run(stop, arguments.toArray(String[]::new));
  }

  private static Document document(String line) {
    return Json.parse(line, JsonNode.class, "a line").has("text")
        ? Json.parse(line, Document.Prose.class, "a line")
        : Json.parse(line, Document.Dialogue.class, "a line");
  }
}
