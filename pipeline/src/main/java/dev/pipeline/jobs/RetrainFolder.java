package dev.pipeline.jobs;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@code artifacts/<model>/retrain}: for each month what came in, and how it ended. */
final class RetrainFolder {
  private static final String RECORD = "\\d{4}-(0[1-9]|1[0-2])\\.json";

  private final Path folder;

  RetrainFolder(Workspace workspace) {
    this.folder = workspace.model().resolve(Retrain.JOB);
  }

  /** Where the record of {@code month} lies. */
  Path recordFile(YearMonth month) {
    return folder.resolve(month + ".json");
  }

  /** How {@code month} ended, if it did. */
  Optional<RetrainRecord> record(YearMonth month) {
    return Files.exists(recordFile(month))
        ? Optional.of(RunFiles.read(recordFile(month), RetrainRecord.class, Json.IRREPLACEABLE))
        : Optional.empty();
  }

  /** Every record that can be read, by month. */
  List<RetrainRecord> records() {
    return months().stream()
        .map(month -> RunFiles.attempt(recordFile(month), RetrainRecord.class))
        .flatMap(attempt -> attempt.value().stream())
        .sorted(Comparator.comparing(record -> record.intake().month()))
        .toList();
  }

  /** What is wrong with each record that cannot be read, by month. */
  SortedMap<YearMonth, Failure> damaged() {
    SortedMap<YearMonth, Failure> damaged = new TreeMap<>();
    for (YearMonth month : months()) {
      RunFiles.attempt(recordFile(month), RetrainRecord.class)
          .failure()
          .ifPresent(failure -> damaged.put(month, failure));
    }
    return damaged;
  }

  private List<YearMonth> months() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches(RECORD))
          .map(name -> YearMonth.parse(name.substring(0, name.indexOf('.'))))
          .toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + folder + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  /** The newest month that ended with a release, from {@code month} on. */
  Optional<RetrainRecord> releasedFrom(YearMonth month) {
    return released().filter(record -> !YearMonth.parse(record.intake().month()).isBefore(month));
  }

  /** When the last released retraining stopped listening. */
  Optional<Instant> lastCutOff() {
    return released().map(record -> Instant.parse(record.intake().cutOff()));
  }

  private Optional<RetrainRecord> released() {
    return records().stream()
        .filter(record -> record.verdict() == RetrainRecord.Verdict.RELEASED)
        .reduce((first, second) -> second);
  }

  /** What {@code month} started from, if it was started. */
  Optional<RetrainIntake> intake(YearMonth month) {
    Path file = intakeFile(month);
    return Files.exists(file)
        ? Optional.of(RunFiles.read(file, RetrainIntake.class, Json.IRREPLACEABLE))
        : Optional.empty();
  }

  void write(YearMonth month, RetrainIntake intake) {
    AtomicFiles.writeString(intakeFile(month), Json.pretty(intake));
  }

  void write(YearMonth month, RetrainRecord record) {
    AtomicFiles.writeString(recordFile(month), Json.pretty(record));
  }

  /** Lets the next start of {@code month} look at everything anew. */
  void reopen(YearMonth month) {
    AtomicFiles.deleteRecursively(intakeFile(month));
  }

  private Path intakeFile(YearMonth month) {
    return folder.resolve(month + ".intake.json");
  }
}
