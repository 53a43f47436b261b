package dev.pipeline.evaluate.drift;

import dev.pipeline.data.JsonLines;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code artifacts/<model>/drift}: the baseline, every day's finding, tickets. */
public final class DriftFolder {
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

  /** Lets later days be held against {@code baseline}; the one before is kept beside it. */
  public void write(Baseline baseline) {
    baseline()
        .filter(before -> !before.equals(baseline))
        .ifPresent(
            before ->
                AtomicFiles.writeString(
                    folder.resolve("baselines").resolve(before.day() + ".json"),
                    Json.pretty(before)));
    AtomicFiles.writeString(baselineFile(), Json.pretty(baseline));
  }

  /** Where the baseline lies. */
  public Path baselineFile() {
    return folder.resolve("baseline.json");
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
