package dev.pipeline.release;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The releases of one model as people see them; looking changes nothing.
 *
 * @param serving the version that {@code models/} holds; null before the first release
 * @param former what a rollback means; null where there is none
 * @param interrupted whether a switch was begun and not finished: the next publication or rollback
 *     finishes it
 * @param lost whether {@code releases.json} is gone, so that all this is what the kept releases
 *     tell
 * @param releases newest first
 */
public record ReleaseView(
    @Nullable Integer serving,
    @Nullable Integer former,
    boolean interrupted,
    boolean lost,
    List<Line> releases) {

  /**
   * One release.
   *
   * @param serves whether {@code models/} holds it
   * @param kept whether it can come back, as far as a look tells
   * @param damage what is wrong with it, in a few words; null where it looks whole, or was pruned
   * @param bytes of its files
   * @param files SHA-256 of all that is kept, by path below {@code releases/<version>/}
   * @param gate what the gate said of each bound, in a sentence; empty where that is not kept
   * @param history every time that it came to serve or was taken out of service, oldest first
   */
  public record Line(
      int version,
      boolean serves,
      boolean kept,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String damage,
      long bytes,
      Release release,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> files,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> gate,
      List<LogEntry> history) {
    /** Whether it was taken back and did not come to serve since. */
    @JsonIgnore
    public boolean wasTakenBack() {
      return !history.isEmpty() && history.get(history.size() - 1).takesBack(version);
    }
  }

  /** Copies the list. */
  public ReleaseView {
    releases = List.copyOf(releases);
  }

  /** The releases in {@code modelFolder}, such as {@code artifacts/phi4-joshi}. */
  public static ReleaseView of(Path modelFolder) {
    ReleaseFolders folders = new ReleaseFolders(modelFolder);
    ReleaseLog log = new ReleaseLog(modelFolder);
    ReleaseStore store = new ReleaseStore(modelFolder);
    Integer serving = serving(folders, log);
    Integer former =
        serving == null
            ? null
            : Rollback.formerOf(log, store, serving).map(Release::version).orElse(null);
    List<LogEntry> entries = log.entries();
    List<Line> lines =
        log.all().stream()
            .map(release -> line(release, serving, store, entries))
            .sorted((one, other) -> Integer.compare(other.version(), one.version()))
            .toList();
    return new ReleaseView(serving, former, Files.exists(folders.pending()), log.isLost(), lines);
  }

  /** The line of {@code version}, or of the release that serves. */
  public Line line(OptionalInt version) {
    Integer wanted = version.isPresent() ? Integer.valueOf(version.getAsInt()) : serving;
    return releases.stream()
        .filter(line -> Integer.valueOf(line.version()).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    wanted == null ? "nothing was released yet" : "there is no release " + wanted,
                    releases.isEmpty()
                        ? "pipeline run release makes one"
                        : "pipeline releases list names them"));
  }

  private static @Nullable Integer serving(ReleaseFolders folders, ReleaseLog log) {
    OptionalInt pointed = new ServingPointer(folders).version();
    return pointed.isPresent()
        ? Integer.valueOf(pointed.getAsInt())
        : log.current().map(Release::version).orElse(null);
  }

  private static Line line(
      Release release, @Nullable Integer serving, ReleaseStore store, List<LogEntry> entries) {
    int version = release.version();
    boolean serves = serving != null && serving == version;
    Optional<String> damage =
        serves || store.isPresent(version) ? store.damage(version) : Optional.empty();
    return new Line(
        version,
        serves,
        store.isWhole(version),
        damage.orElse(null),
        store.bytes(version),
        release,
        store.isDescribed(version)
            ? store.manifest(version).map(ReleaseManifest::files).orElseGet(Map::of)
            : Map.of(),
        gate(store.file(version, ReleaseManifest.GATE)),
        entries.stream()
            .filter(entry -> entry.version() == version || entry.takesOut(version))
            .toList());
  }

  /** The gate's words; a verdict that is gone or unreadable is told as figures alone. */
  private static List<String> gate(Path verdict) {
    try {
      return Json.parse(Files.readString(verdict), Verdict.class, verdict.toString())
          .checks()
          .stream()
          .map(check -> check.reason() + (check.pass() ? ": holds" : ": FAILS"))
          .toList();
    } catch (IOException | Failure gone) {
      return List.of();
    }
  }
}
