package dev.pipeline.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code releases.json}: every release of one model, and a line for each time that one came to
 * serve, oldest first. The last line is what serves: whatever else serves models follows it.
 */
public final class ReleaseLog {
  private final Path file;

  /** The log in {@code modelFolder}, such as {@code artifacts/phi4-joshi}. */
  public ReleaseLog(Path modelFolder) {
    this.file = new ReleaseFolders(modelFolder).log();
  }

  /** Every release, oldest first; empty before the first. */
  public List<Release> all() {
    return read().releases();
  }

  /** Every publication and rollback, oldest first. */
  public List<LogEntry> entries() {
    return read().log();
  }

  /** Whether nobody changed a word of it since it was written. */
  public boolean isIntact() {
    Content content = read();
    boolean sealed = content.seal() != null;
    return !sealed || (content.sealFits() && Json.pretty(content).equals(text()));
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** The release that serves now. */
  public Optional<Release> current() {
    Content content = read();
    return content.log().isEmpty()
        ? Optional.empty()
        : content.release(content.log().get(content.log().size() - 1).version());
  }

  /** The release called {@code version}. */
  public Optional<Release> release(int version) {
    return read().release(version);
  }

  /**
   * The release that served before {@code version} came up, and so what a rollback from it means;
   * one that was rolled back from meanwhile is no way back.
   */
  Optional<Integer> before(int version) {
    return read().log().stream()
        .filter(entry -> entry.version() == version && entry.kind() == LogEntry.Kind.PUBLICATION)
        .map(LogEntry::replaces)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** The last rollback that took {@code version} out of service, if it did not come back since. */
  Optional<LogEntry> rolledBack(int version) {
    Optional<LogEntry> last = Optional.empty();
    for (LogEntry entry : read().log()) {
      if (entry.version() == version) {
        last = Optional.empty();
      } else if (entry.rolledBackFrom(version)) {
        last = Optional.of(entry);
      }
    }
    return last;
  }

  /** One more than any version there ever was. */
  int nextVersion() {
    return all().stream().mapToInt(Release::version).max().orElse(0) + 1;
  }

  /** Appends {@code entry}, and {@code release} where it is a new one; all of it or nothing. */
  void append(LogEntry entry, Optional<Release> release) {
    Content before = read();
    List<Release> releases = new ArrayList<>(before.releases());
    release.ifPresent(releases::add);
    List<LogEntry> log = new ArrayList<>(before.log());
    log.add(entry);
    AtomicFiles.writeString(file, Json.pretty(new Content(releases, log)));
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  private Content read() {
    if (!Files.exists(file)) {
      return new Content(List.of(), List.of());
    }
    return Json.parse(text(), Content.class, file.toString());
  }

  /** The file. One without lines was written before rollbacks were known. */
  private record Content(
      List<Release> releases,
      @Nullable List<LogEntry> log,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String seal) {
    Content {
      releases = List.copyOf(releases);
      log = log == null ? publications(releases) : List.copyOf(log);
    }

    /** Content with its seal. */
    Content(List<Release> releases, List<LogEntry> log) {
      this(releases, log, Hashes.sha256(Json.line(List.of(releases, log))));
    }

    boolean sealFits() {
      return seal == null || seal.equals(Hashes.sha256(Json.line(List.of(releases, log()))));
    }

    @Override
    public List<LogEntry> log() {
      return Objects.requireNonNull(log);
    }

    Optional<Release> release(int version) {
      return releases.stream().filter(release -> release.version() == version).findFirst();
    }

    private static List<LogEntry> publications(List<Release> releases) {
      List<LogEntry> log = new ArrayList<>();
      Integer before = null;
      for (Release release : releases) {
        log.add(
            new LogEntry(
                LogEntry.Kind.PUBLICATION,
                release.version(),
                before,
                release.publishedAt(),
                "pipeline",
                "run " + release.runKey(),
                null));
        before = release.version();
      }
      return List.copyOf(log);
    }
  }
}
