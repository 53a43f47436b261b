package dev.pipeline.release;

import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the kept releases still tell when {@code releases.json} is gone: every release that is
 * whole, and what {@code models} points to as the one that serves. A newer one than that is taken
 * for one that was rolled back, so that nothing publishes it again by itself.
 */
final class LostLog {
  private static final String WHO = "pipeline";
  private static final String FIX =
      "restore releases.json or that file from a backup; pipeline releases list looks without it";

  private final ReleaseFolders folders;
  private final ReleaseStore store;

  LostLog(ReleaseFolders folders) {
    this.folders = folders;
    this.store = new ReleaseStore(folders.model());
  }

  /** The releases, oldest first; empty where {@code models} points to none that is whole. */
  List<Release> releases() {
    OptionalInt serving = new ServingPointer(folders).version();
    List<Integer> kept = store.versions();
    return serving.isPresent() && kept.contains(serving.getAsInt())
        ? kept.stream().map(this::release).toList()
        : List.of();
  }

  /** A line for each release, and one for what serves where it is not the newest. */
  List<LogEntry> entries(List<Release> releases) {
    List<LogEntry> entries = new ArrayList<>();
    Integer before = null;
    for (Release release : releases) {
      entries.add(
          line(
              LogEntry.Kind.PUBLICATION,
              release.version(),
              before,
              release.publishedAt(),
              "run %s, as releases/%d says; releases.json was lost"
                  .formatted(release.runKey(), release.version())));
      before = release.version();
    }
    OptionalInt serving = new ServingPointer(folders).version();
    if (before != null && serving.isPresent() && serving.getAsInt() != before) {
      entries.add(
          line(
              LogEntry.Kind.ROLLBACK,
              serving.getAsInt(),
              before,
              entries.get(entries.size() - 1).at(),
              "models pointed to it when releases.json was lost"));
    }
    return entries;
  }

  private static LogEntry line(
      LogEntry.Kind kind, int version, @Nullable Integer replaces, String at, String why) {
    return new LogEntry(kind, version, replaces, at, WHO, why, null);
  }

  private Release release(int version) {
    Path record = store.file(version, ReleaseManifest.RECORD);
    return Files.isRegularFile(record) ? read(record, Release.class) : fromFiles(version);
  }

  /** A release from before its record was kept with it. */
  private Release fromFiles(int version) {
    ReleaseManifest manifest = store.manifest(version).orElseThrow(() -> store.notKept(version));
    String folder = ReleaseManifest.MODELS + "/";
    Map<String, String> files =
        manifest.files().entrySet().stream()
            .filter(file -> file.getKey().startsWith(folder) && !file.getKey().endsWith(".env"))
            .collect(
                Collectors.toMap(
                    file -> file.getKey().substring(folder.length()), Map.Entry::getValue));
    return new Release(
        version,
        manifest.runKey(),
        "unknown",
        writtenAt(store.file(version, ReleaseManifest.FILE)),
        files,
        gate(store.file(version, ReleaseManifest.GATE)),
        null,
        null,
        null);
  }

  private static Map<String, Double> gate(Path verdict) {
    return Files.isRegularFile(verdict)
        ? Publisher.figures(read(verdict, Verdict.class))
        : Map.of();
  }

  private static String writtenAt(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (IOException e) {
      throw Failure.infrastructure("cannot read " + file + ": " + Reason.of(e), FIX, e);
    }
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return Json.parse(Files.readString(file), type, file.toString(), FIX);
    } catch (IOException e) {
      throw Failure.infrastructure("cannot read " + file + ": " + Reason.of(e), FIX, e);
    }
  }
}
