package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.PretrainConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.corpus.CorpusGenerator;
import dev.pipeline.data.corpus.Document;
import dev.pipeline.documents.Ingested;
import dev.pipeline.documents.Passage;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.DataPreview;
import dev.pipeline.jobs.DocumentCollections;
import dev.pipeline.train.RowPreview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipeline data corpus|preview|ingest|search}. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Writes and looks at data.")
final class DataCommand {
  private static final Path STANDARD_OUTPUT = Path.of("-");

  private final StopSignal stop;

  DataCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Command(
      description = {
        "Writes generated pre-training text, one JSON document a line.",
        "A document is {\"text\"} or {\"messages\": [{\"role\", \"content\"}]}."
      },
      mixinStandardHelpOptions = true)
  int corpus(
      @Option(names = "--documents", required = true, paramLabel = "N", description = "How many.")
          long documents,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              description = "- writes to standard output.")
          Path out,
      @Option(
              names = "--seed",
              defaultValue = "1",
              paramLabel = "S",
              description = "Decides the text. Default: ${DEFAULT-VALUE}")
          long seed,
      @Option(
              names = "--grammars",
              paramLabel = "FOLDER",
              description = "Default: datasets/pretraining")
          @Nullable Path grammars)
      throws IOException {
    if (documents < 1) {
      throw Failure.usage(
          "--documents is " + documents + ", which writes nothing", "ask for 1 or more");
    }
    Path folder = Objects.requireNonNullElse(grammars, PretrainConfig.DEFAULTS.grammars());
    CorpusGenerator text = CorpusGenerator.fromFolder(folder, seed);
    Iterable<Document> lines =
        () -> text.documents().limit(documents).peek(document -> stopIfAsked(out)).iterator();
    if (out.equals(STANDARD_OUTPUT)) {
      JsonLines.write(System.out, lines);
      return ExitCode.OK.status();
    }
    JsonLines.write(out, lines);
    System.out.println("wrote " + documents + " documents to " + out);
    return ExitCode.OK.status();
  }

  @Command(
      description = {
        "Prints one training row as the trainer sees it.",
        "Shown are its tokens, which of them are learned, and whether its terminator is."
      },
      mixinStandardHelpOptions = true)
  int preview(
      @Mixin ConfigOptions settings,
      @Option(names = "--row", required = true, paramLabel = "N", description = "Its line, from 1.")
          int row,
      @Option(
              names = "--rows",
              paramLabel = "FILE",
              description = "Default: train.jsonl of the newest dataset.")
          @Nullable Path rows,
      @Option(names = "--json", description = "Print ids, tokens and mask as JSON.") boolean json) {
    PipelineConfig config = settings.load(List.of(), "sft");
    Path file = rows == null ? DataPreview.trainingRows(config) : InputFile.of("--rows", rows);
    RowPreview preview = DataPreview.of(config, file, row);
    if (json) {
      Printable.print(Json.pretty(preview));
    } else {
      System.out.println("row " + row + " of " + file + ": " + preview.id());
      System.out.print(new PreviewText(Terminal.interactive()).of(preview));
    }
    return ExitCode.OK.status();
  }

  @Command(
      description = {
        "Fills a collection with the text files of a folder or the sources of a program.",
        "They are redacted and cut into pieces. What is there already is not embedded again, what"
            + " vanished is removed."
      },
      mixinStandardHelpOptions = true)
  int ingest(
      @Mixin ConfigOptions settings,
      @Parameters(paramLabel = "DIR", description = "A folder; links and .git are left out.")
          Path folder,
      @Option(
              names = "--collection",
              required = true,
              paramLabel = "NAME",
              description = "Made where it does not exist.")
          String name,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    PipelineConfig config = settings.load(List.of(), "memory");
    Ingested done;
    try (LiveProgress progress = LiveProgress.aside("ingest")) {
      done =
          DocumentCollections.toFill(config, name)
              .ingest(folder, Set.copyOf(config.curate().personas()), progress, stop);
    }
    if (json) {
      Printable.print(Json.pretty(done));
    } else {
      System.out.printf(
          "%s holds %d pieces of %d files: %d embedded, %d unchanged, %d removed; %d skipped%n",
          done.collection(),
          done.chunks(),
          done.files(),
          done.embedded(),
          done.unchanged(),
          done.removed(),
          done.skipped().size());
      done.skipped()
          .forEach(path -> System.out.println("too large or no text: " + Printable.of(path)));
    }
    return ExitCode.OK.status();
  }

  @Command(
      description = "Finds the pieces of a collection that resemble a question, nearest first.",
      mixinStandardHelpOptions = true)
  int search(
      @Mixin ConfigOptions settings,
      @Parameters(paramLabel = "WORDS", arity = "1..*") List<String> words,
      @Option(names = "--collection", required = true, paramLabel = "NAME") String name,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "5",
              description = "Default: ${DEFAULT-VALUE}")
          int limit,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    PipelineConfig config = settings.load(List.of(), "memory");
    List<Passage> found = DocumentCollections.search(config, name, String.join(" ", words), limit);
    if (json) {
      Printable.print(Json.pretty(found));
    }
    for (Passage passage : json ? List.<Passage>of() : found) {
      System.out.printf(
          Locale.ROOT,
          "%.2f  %s:%d-%d%n%s%n%n",
          passage.similarity(),
          Printable.of(passage.path()),
          passage.firstLine(),
          passage.lastLine(),
          Printable.of(passage.text()).indent(4).stripTrailing());
    }
    return ExitCode.OK.status();
  }

  private void stopIfAsked(Path out) {
    if (stop.isRequested()) {
      String state =
          out.equals(STANDARD_OUTPUT) ? "the rest is missing" : out + " is as it was before";
      throw Failure.interrupted("stopped; " + state, "run it again");
    }
  }
}
