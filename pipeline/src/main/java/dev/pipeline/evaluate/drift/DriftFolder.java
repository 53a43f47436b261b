package dev.pipeline.evaluate.drift;

import dev.pipeline.data.JsonLines;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code artifacts/<model>/drift}: the baseline, every day's finding, tickets. */
public final class DriftFolder {
  private static final int SHORT = 8;

  private final Path folder;

  /** The folder, which need not exist. */
  public DriftFolder(Path folder) {
    this.folder = folder;
  }

  /** What later days are held against; empty before the first. */
  public Optional<Baseline> baseline() {
    Path file = baselineFile();
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Json.parse(Files.readString(file), Baseline.class, file.toString(), Json.IRREPLACEABLE));
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  /** Refuses to begin anew in silence where days were held against a baseline that is gone. */
  public void requireBaseline() {
    if (!Files.exists(baselineFile()) && !history().isEmpty()) {
      throw Failure.refused(
          baselineFile() + " is gone, although days were held against it: a fall would not be seen",
          "restore it, or record another with pipeline run drift --new-baseline");
    }
  }

  /**
   * Lets later days be held against {@code baseline}; the file before, whatever it holds, is kept
   * beside it.
   */
  public void write(Baseline baseline) {
    Path file = baselineFile();
    String text = Json.pretty(baseline);
    if (Files.exists(file) && !Hashes.sha256(file).equals(Hashes.sha256(text))) {
      AtomicFiles.writePath(
          folder.resolve("baselines").resolve(nameOf(file)),
          copy -> Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING));
    }
    AtomicFiles.writeString(file, text);
  }

  /** Its day, and its digest, for a day may have had several. */
  private String nameOf(Path file) {
    String digest = Hashes.sha256(file).substring(0, SHORT);
    try {
      return baseline().orElseThrow().day() + "-" + digest + ".json";
    } catch (Failure damaged) {
      return "damaged-" + digest + ".json";
    }
  }

  /** Where the baseline lies. */
  public Path baselineFile() {
    return folder.resolve("baseline.json");
  }

  /** Whether history and page tell of {@code day}. */
  public boolean tells(DriftDay day) {
    return Files.exists(report()) && history().contains(day);
  }

  /** Every day's finding, by day. */
  public List<DriftDay> history() {
    Path file = folder.resolve("history.jsonl");
    return Files.exists(file)
        ? JsonLines.read(file, DriftDay.class, Json.IRREPLACEABLE)
        : List.of();
  }

  /** Adds a day, or replaces what was found before on the same one. */
  public List<DriftDay> add(DriftDay day) {
    List<DriftDay> days =
        Stream.concat(
                history().stream().filter(other -> !other.day().equals(day.day())), Stream.of(day))
            .sorted(Comparator.comparing(DriftDay::day))
            .toList();
    JsonLines.write(folder.resolve("history.jsonl"), days);
    return days;
  }

  /** Where the page over all days lies. */
  public Path report() {
    return folder.resolve("report.html");
  }

  /** Writes a ticket as Markdown and JSON, and returns the former. */
  public Path ticket(DriftDay day, String markdown) {
    Path tickets = folder.resolve("tickets");
    AtomicFiles.writeString(tickets.resolve(day.day() + ".json"), Json.pretty(day));
    Path file = tickets.resolve(day.day() + ".md");
    AtomicFiles.writeString(file, markdown);
    return file;
  }
}
