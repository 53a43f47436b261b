package dev.pipeline.release;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code releases/<version>/}: everything that a release is made of, kept so that it can come back
 * byte for byte. A folder appears whole, by a rename; its files are hard links to those of the run
 * that made them, so that keeping them costs no room while that run is there.
 */
public final class ReleaseStore {
  private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

  private final ReleaseFolders folders;

  /** The store in {@code modelFolder}, such as {@code artifacts/phi4-joshi}. */
  public ReleaseStore(Path modelFolder) {
    this.folders = new ReleaseFolders(modelFolder);
  }

  /**
   * A file to keep.
   *
   * @param source where it lies
   * @param sha256 its digest, in hex
   */
  record Kept(Path source, String sha256) {
    /** Bytes. */
    long size() {
      try {
        return Files.size(source);
      } catch (IOException e) {
        throw unreadable(source, e);
      }
    }

    /** Hashes {@code source}. */
    static Kept of(Path source) {
      return new Kept(source, Hashes.sha256(source));
    }
  }

  /** The versions that are kept whole, as far as a look tells, oldest first. */
  public List<Integer> versions() {
    return present().stream().filter(this::isWhole).toList();
  }

  /** The versions that have a folder, damaged ones among them, oldest first. */
  List<Integer> present() {
    if (!Files.isDirectory(folders.store())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folders.store())) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> VERSION.matcher(name).matches())
          .map(Integer::valueOf)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(folders.store(), e);
    }
  }

  /** Whether {@code version} is kept and looks as if it could come back. */
  boolean isWhole(int version) {
    return isPresent(version) && damage(version).isEmpty();
  }

  boolean isPresent(int version) {
    return Files.isDirectory(folders.release(version));
  }

  /** What is wrong with the folder of {@code version}, in a few words. */
  Optional<String> damage(int version) {
    return ReleaseDamage.of(folders.release(version));
  }

  /** What {@code version} is made of, if it is kept. */
  public Optional<ReleaseManifest> manifest(int version) {
    return ReleaseDamage.manifest(folders.release(version));
  }

  /** Where {@code file} of {@code version} lies. */
  public Path file(int version, String file) {
    return folders.release(version).resolve(file);
  }

  /** Hashes every file of {@code version} and refuses it when one is not what it was. */
  void verify(int version) {
    ReleaseManifest manifest =
        manifest(version)
            .orElseThrow(() -> isPresent(version) ? withoutManifest(version) : notKept(version));
    manifest
        .files()
        .forEach(
            (name, sha256) -> {
              Path file = file(version, name);
              if (!isIntact(file, sha256)) {
                throw Failure.refused(
                    "release %d is damaged: %s has not SHA-256 %s, as its manifest says"
                        .formatted(version, file, sha256),
                    ReleaseDamage.FIX);
              }
            });
  }

  private Failure withoutManifest(int version) {
    return Failure.refused(
        "release %d is damaged: %s has no %s"
            .formatted(version, folders.release(version), ReleaseManifest.FILE),
        ReleaseDamage.FIX);
  }

  /** Says that {@code version} cannot come back. */
  Failure notKept(int version) {
    return Failure.usage(
        "release " + version + " is not kept in " + folders.store(),
        versions().isEmpty()
            ? "pipeline run release makes one"
            : "name one of " + versions() + ": pipeline releases list");
  }

  /**
   * Keeps a release. Where it is kept already, only what is damaged or differs is written again, as
   * it may be what serves.
   *
   * @param files what is linked, by path below the release's folder
   * @param texts what is written, by path
   * @throws Failure where another run's release has that version
   */
  void keep(
      String model,
      int version,
      String runKey,
      Map<String, Kept> files,
      Map<String, String> texts) {
    ReleaseManifest manifest = manifest(model, version, runKey, files, texts);
    Path target = folders.release(version);
    if (isPresent(version)) {
      Optional<ReleaseManifest> before = intactManifest(version);
      refuseOther(version, runKey, before);
      repair(version, files, texts);
      ReleaseManifest whole = before.map(manifest::with).orElse(manifest);
      if (!before.equals(Optional.of(whole))) {
        AtomicFiles.writeString(target.resolve(ReleaseManifest.FILE), Json.pretty(whole));
      }
      return;
    }
    Path staged = partial(version);
    try {
      AtomicFiles.deleteRecursively(staged);
      fill(staged, files, texts);
      write(staged.resolve(ReleaseManifest.FILE), Json.pretty(manifest));
      AtomicFiles.publishFolder(staged, target);
    } catch (IOException e) {
      discard(staged);
      throw AtomicFiles.cannotWrite(target, e);
    } catch (RuntimeException e) {
      discard(staged);
      throw e;
    }
  }

  private static ReleaseManifest manifest(
      String model,
      int version,
      String runKey,
      Map<String, Kept> files,
      Map<String, String> texts) {
    Map<String, String> digests = new TreeMap<>();
    Map<String, Long> sizes = new TreeMap<>();
    files.forEach(
        (name, file) -> {
          digests.put(name, file.sha256());
          sizes.put(name, file.size());
        });
    texts.forEach(
        (name, text) -> {
          digests.put(name, Hashes.sha256(text));
          sizes.put(name, ReleaseManifest.size(text));
        });
    return new ReleaseManifest(model, version, runKey, digests, sizes);
  }

  /** Its manifest, unless that is what is damaged. */
  private Optional<ReleaseManifest> intactManifest(int version) {
    try {
      return manifest(version);
    } catch (Failure damaged) {
      return Optional.empty();
    }
  }

  /** Whether the manifest of {@code version} can be read, whatever became of its files. */
  boolean isDescribed(int version) {
    return intactManifest(version).isPresent();
  }

  /** Whether {@code runKey} made what is kept as {@code version}. */
  boolean isOf(int version, String runKey) {
    return intactManifest(version).filter(kept -> kept.runKey().equals(runKey)).isPresent();
  }

  private void refuseOther(int version, String runKey, Optional<ReleaseManifest> before) {
    before
        .filter(kept -> !kept.runKey().equals(runKey))
        .ifPresent(
            kept -> {
              throw Failure.refused(
                  "%s is the release of run %s and is not overwritten"
                      .formatted(folders.release(version), kept.runKey()),
                  "restore releases.json from a backup, so that versions are counted on");
            });
  }

  private void repair(int version, Map<String, Kept> files, Map<String, String> texts) {
    files.forEach(
        (name, kept) -> {
          Path file = file(version, name);
          if (!isIntact(file, kept.sha256())) {
            AtomicFiles.writePath(
                file,
                temporary -> {
                  Files.deleteIfExists(temporary);
                  FileLinks.place(kept.source(), temporary, kept.sha256());
                });
          }
        });
    texts.forEach(
        (name, text) -> {
          if (!isIntact(file(version, name), Hashes.sha256(text))) {
            AtomicFiles.writeString(file(version, name), text);
          }
        });
  }

  private static boolean isIntact(Path file, String sha256) {
    return Files.isRegularFile(file) && Hashes.sha256(file).equals(sha256);
  }

  /** Adds the plan that was recorded of {@code version}; a release that is gone has none. */
  void keepPlan(int version, String plan) {
    Optional<ReleaseManifest> manifest = manifest(version);
    if (manifest.isPresent()) {
      AtomicFiles.writeString(file(version, ReleaseManifest.PLAN), plan);
      AtomicFiles.writeString(
          file(version, ReleaseManifest.FILE),
          Json.pretty(manifest.get().with(ReleaseManifest.PLAN, plan)));
    }
  }

  /** Forgets {@code version}: its name first, so that it is never half there. */
  void remove(int version) {
    if (isPresent(version)) {
      try {
        AtomicFiles.deleteRecursively(partial(version));
        Files.move(folders.release(version), partial(version), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw AtomicFiles.cannotWrite(folders.release(version), e);
      }
      AtomicFiles.deleteRecursively(partial(version));
    }
  }

  /** Bytes of {@code version} that are there, whether others share them or not. */
  public long bytes(int version) {
    return intactManifest(version).map(m -> m.files().keySet()).orElseGet(Set::of).stream()
        .mapToLong(name -> bytes(file(version, name)))
        .sum();
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0;
    }
  }

  /** A folder that is being written or removed; the next start clears it up. */
  private Path partial(int version) {
    return folders.store().resolve(version + AtomicFiles.PARTIAL);
  }

  private static void fill(Path staged, Map<String, Kept> files, Map<String, String> texts)
      throws IOException {
    Files.createDirectories(staged);
    for (Map.Entry<String, Kept> file : files.entrySet()) {
      FileLinks.place(
          file.getValue().source(), staged.resolve(file.getKey()), file.getValue().sha256());
    }
    for (Map.Entry<String, String> text : texts.entrySet()) {
      write(staged.resolve(text.getKey()), text.getValue());
    }
  }

  /** Nobody reads the folder before it has its name, and that comes after all is synced. */
  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void discard(Path staged) {
    try {
      AtomicFiles.deleteRecursively(staged);
    } catch (Failure left) {
      // The first error is the one to report; the next release clears up.
    }
  }

  private static Failure unreadable(Path file, IOException e) {
    return Failure.infrastructure(
        "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
  }
}
