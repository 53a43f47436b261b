package dev.pipeline.release;

import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lets a release serve that was published before: the same bytes, checked and tried before anything
 * changes. GGUF files, Modelfile and adapters go back together; the log says who wanted it and why.
 */
public final class Rollback {
  private final Clock clock;
  private final Serving serving;
  private final Consumer<Result> record;
  private final ReleaseFolders folders;
  private final ReleaseStore store;
  private final ReleaseLog log;

  /**
   * Rollbacks in {@code modelFolder}, such as {@code artifacts/phi4-joshi}.
   *
   * @param record keeps a record of each; told the same one again after a crash
   */
  public Rollback(Path modelFolder, Clock clock, Serving serving, Consumer<Result> record) {
    this.clock = clock;
    this.serving = serving;
    this.record = record;
    this.folders = new ReleaseFolders(modelFolder);
    this.store = new ReleaseStore(modelFolder);
    this.log = new ReleaseLog(modelFolder);
  }

  /**
   * What was done.
   *
   * @param entry the line of the log that says what serves now
   * @param release what serves now
   * @param changed false where it served already
   * @param line its number in the log, from 1
   */
  public record Result(LogEntry entry, Release release, boolean changed, int line) {}

  /**
   * Goes to {@code version}, or to the release before the one that serves.
   *
   * @throws Failure when there is none, when a file of it is not what it was, when it does not
   *     answer as it must, or when something cannot be written; the former release serves then
   */
  public Result to(OptionalInt version, String by, String why) {
    if (by.isBlank() || why.isBlank()) {
      throw Failure.usage(
          "a rollback names who wanted it and why", "write --why \"REASON\" --by \"NAME\"");
    }
    OneLine.require("--why", why);
    OneLine.require("--by", by);
    return new ExclusiveFile(folders.lock()).hold(() -> alone(version, by, why));
  }

  private Result alone(OptionalInt version, String by, String why) {
    new OldLayout(folders).adopt();
    boolean interrupted = new ReleaseSwitch(folders).settle();
    Release current =
        log.current()
            .orElseThrow(
                () ->
                    Failure.usage(
                        "nothing was released in " + folders.model() + " yet",
                        "pipeline run release makes a release"));
    if (interrupted && last().kind() == LogEntry.Kind.ROLLBACK) {
      finish(current);
      if (version.isEmpty() || version.getAsInt() == current.version()) {
        return result(current, true);
      }
    }
    int target = version.isPresent() ? version.getAsInt() : former(current.version());
    Release release = log.release(target).orElseThrow(() -> store.notKept(target));
    store.verify(target);
    if (target == current.version()) {
      serving.serve(release, kept(target));
      return result(release, false);
    }
    bringUp(release, current, by, why);
    return result(release, true);
  }

  /** Who was interrupted means that rollback when they ask for one again, and not one more. */
  private void finish(Release current) {
    serving.serve(current, kept(current.version()));
    record.accept(result(current, true));
    new ReleaseSwitch(folders).done();
  }

  private Result result(Release release, boolean changed) {
    return new Result(last(), release, changed, log.entries().size());
  }

  private void bringUp(Release release, Release current, String by, String why) {
    try {
      Optional<String> tried = serving.tryOut(release);
      serving.serve(release, kept(release.version()));
      LogEntry entry =
          new LogEntry(
              LogEntry.Kind.ROLLBACK,
              release.version(),
              current.version(),
              Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString(),
              by,
              why,
              tried.orElse(null));
      new ReleaseSwitch(folders)
          .to(entry, Optional.empty(), () -> record.accept(result(release, true)));
    } catch (RuntimeException e) {
      if (log.current().map(Release::version).equals(Optional.of(current.version()))) {
        Undo.of(e, () -> serving.goBack(release, Optional.of(current), kept(current.version())));
      }
      throw e;
    }
  }

  /** The release that a rollback from {@code version} means, of those that are kept. */
  private int former(int version) {
    return kept(version)
        .map(Release::version)
        .orElseThrow(
            () ->
                Failure.usage(
                    "no release before " + version + " is kept whole",
                    store.versions().size() > 1
                        ? "name another one of " + store.versions()
                        : "pipeline run release makes another one"));
  }

  private Optional<Release> kept(int version) {
    return formerOf(log, store, version);
  }

  /**
   * What served before {@code version} came up; further back where that is not whole, or was taken
   * back since.
   */
  static Optional<Release> formerOf(ReleaseLog log, ReleaseStore store, int version) {
    Set<Integer> seen = new HashSet<>();
    Optional<Integer> before = log.before(version);
    while (before.isPresent() && seen.add(before.get())) {
      if (store.isWhole(before.get()) && log.rolledBack(before.get()).isEmpty()) {
        return log.release(before.get());
      }
      before = log.before(before.get());
    }
    return Optional.empty();
  }

  private LogEntry last() {
    return log.entries().get(log.entries().size() - 1);
  }
}
