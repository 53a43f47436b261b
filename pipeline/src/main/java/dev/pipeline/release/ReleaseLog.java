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
  private static final String FIX =
      "restore it from a backup, or move it elsewhere: it is then made again of the releases that"
          + " are kept";

  private final ReleaseFolders folders;
  private final Path file;

  /** The log in {@code modelFolder}, such as {@code artifacts/phi4-joshi}. */
  public ReleaseLog(Path modelFolder) {
    this.folders = new ReleaseFolders(modelFolder);
    this.file = folders.log();
  }

  /** Whether the file is gone although a release serves. */
  boolean isLost() {
    return !Files.exists(file) && !all().isEmpty();
  }

  /**
   * Writes a lost log again, before anything is decided by it.
   *
   * @return whether it was lost
   */
  boolean restore() {
    boolean lost = isLost();
    if (lost) {
      AtomicFiles.writeString(file, Json.pretty(read()));
    }
    return lost;
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
   * The release that served before {@code version} came up, and so what a rollback from it means,
   * unless that one was taken back meanwhile.
   */
  Optional<Integer> before(int version) {
    return read().log().stream()
        .filter(entry -> entry.version() == version && entry.kind() == LogEntry.Kind.PUBLICATION)
        .map(LogEntry::replaces)
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** The release that {@code version} replaced when it was published. */
  public Optional<Release> replacedBy(int version) {
    return before(version).flatMap(this::release);
  }

  /** The last rollback that took {@code version} back, if it did not come to serve since. */
  Optional<LogEntry> rolledBack(int version) {
    Optional<LogEntry> last = Optional.empty();
    for (LogEntry entry : read().log()) {
      if (entry.version() == version) {
        last = Optional.empty();
      } else if (entry.takesBack(version)) {
        last = Optional.of(entry);
      }
    }
    return last;
  }

  /**
   * The version for what {@code runKey} made: one more than any that the log, the store or {@code
   * models} knows, unless that run was killed when its release was kept and not yet in the log.
   */
  int nextVersion(String runKey) {
    ReleaseStore store = new ReleaseStore(folders.model());
    int logged = all().stream().mapToInt(Release::version).max().orElse(0);
    int kept = store.present().stream().mapToInt(Integer::intValue).max().orElse(0);
    int served = new ServingPointer(folders).version().orElse(0);
    int newest = Math.max(logged, Math.max(kept, served));
    return newest > logged && newest > served && store.isOf(newest, runKey) ? newest : newest + 1;
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
      LostLog lost = new LostLog(folders);
      List<Release> releases = lost.releases();
      return new Content(releases, lost.entries(releases));
    }
    return Json.parse(text(), Content.class, file.toString(), FIX);
  }

  /** The file. One without lines was written before rollbacks were known. */
  private record Content(
      List<Release> releases,
      @Nullable List<LogEntry> log,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String seal) {
    Content {
      if (releases == null) {
        throw new IllegalArgumentException("it has no \"releases\"");
      }
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
