package dev.pipeline.release;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Changes what serves. The line in the log decides: before it is there the former release serves,
 * and after it the new one does, though a crash may leave it to the next start to follow. What
 * follows are the link {@code models}, which changes in one rename, and after a rollback the
 * adapters. docs/adr/0010 says why.
 */
final class ReleaseSwitch {
  private final ReleaseFolders folders;
  private final ReleaseLog log;
  private final ServingPointer pointer;

  ReleaseSwitch(ReleaseFolders folders) {
    this.folders = folders;
    this.log = new ReleaseLog(folders.model());
    this.pointer = new ServingPointer(folders);
  }

  /**
   * A switch that was begun.
   *
   * @param lines of the log before it
   * @param version what it goes to
   * @param restoresAdapters whether {@code sft/} and {@code dpo/} go back, too
   */
  private record Pending(
      int lines, int version, @JsonProperty("restores_adapters") boolean restoresAdapters) {}

  /**
   * Lets {@code entry.version()} serve.
   *
   * @param release what comes into the log with it, where it is new
   * @param afterwards what else belongs to it; run again should a crash come before its end
   */
  void to(LogEntry entry, Optional<Release> release, Runnable afterwards) {
    Pending pending =
        new Pending(log.entries().size(), entry.version(), entry.kind() == LogEntry.Kind.ROLLBACK);
    try {
      AtomicFiles.writeString(folders.pending(), Json.pretty(pending));
      pointer.prepare(entry.version());
      log.append(entry, release);
    } catch (RuntimeException e) {
      if (!isDecided(pending)) {
        forget();
      }
      throw e;
    }
    follow(pending);
    afterwards.run();
    done();
  }

  /**
   * Lets everything follow what a crash interrupted, or forgets it where nothing was decided.
   *
   * @return whether there was such a switch; {@link #done} says that all that belongs to it was
   *     done
   */
  boolean settle() {
    clear();
    if (log.restore()) {
      // What was pending counts lines of the log that is lost.
      forget();
    }
    Optional<Pending> pending = pending();
    boolean decided = pending.filter(this::isDecided).isPresent();
    if (decided) {
      pending.ifPresent(this::follow);
    } else if (pending.isPresent()) {
      forget();
    }
    log.current()
        .map(Release::version)
        .filter(version -> Files.isDirectory(folders.served(version)))
        .ifPresent(pointer::follow);
    return decided;
  }

  /** Nothing is left to be done for the last switch. */
  void done() {
    AtomicFiles.deleteRecursively(folders.pending());
  }

  private boolean isDecided(Pending pending) {
    return log.entries().size() > pending.lines();
  }

  private void follow(Pending pending) {
    pointer.follow(pending.version());
    if (pending.restoresAdapters()) {
      new AdapterFolders(folders).restore(pending.version());
    }
  }

  private void forget() {
    try {
      pointer.forget();
      AtomicFiles.deleteRecursively(folders.pending());
    } catch (Failure left) {
      // The first error is the one to report; the next start clears up.
    }
  }

  private Optional<Pending> pending() {
    if (!Files.exists(folders.pending())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Json.parse(
              Files.readString(folders.pending()),
              Pending.class,
              folders.pending().toString(),
              "restore it from a backup, or move it elsewhere: releases.json says what serves"));
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + folders.pending() + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  /** Takes away what was being written when a process died. */
  private void clear() {
    for (Path folder : List.of(folders.model(), folders.store())) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> entries = Files.list(folder)) {
          entries
              .filter(entry -> entry.toString().endsWith(AtomicFiles.PARTIAL))
              .toList()
              .forEach(AtomicFiles::deleteRecursively);
        } catch (IOException e) {
          throw AtomicFiles.cannotWrite(folder, e);
        }
      }
    }
  }
}
