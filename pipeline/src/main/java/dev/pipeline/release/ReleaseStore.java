package dev.pipeline.release;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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
    /** Hashes {@code source}. */
    static Kept of(Path source) {
      return new Kept(source, Hashes.sha256(source));
    }
  }

  /** The versions that are kept whole, oldest first. */
  public List<Integer> versions() {
    if (!Files.isDirectory(folders.store())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folders.store())) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> VERSION.matcher(name).matches())
          .map(Integer::valueOf)
          .filter(version -> manifest(version).isPresent())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unreadable(folders.store(), e);
    }
  }

  /** What {@code version} is made of, if it is kept. */
  public Optional<ReleaseManifest> manifest(int version) {
    Path file = folders.release(version).resolve(ReleaseManifest.FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      ReleaseManifest manifest =
          Json.parse(Files.readString(file), ReleaseManifest.class, file.toString());
      manifest.files().keySet().forEach(name -> requireInside(file, name));
      return Optional.of(manifest);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Where {@code file} of {@code version} lies. */
  public Path file(int version, String file) {
    return folders.release(version).resolve(file);
  }

  /** Hashes every file of {@code version} and refuses it when one is not what it was. */
  void verify(int version) {
    ReleaseManifest manifest = manifest(version).orElseThrow(() -> notKept(version));
    manifest
        .files()
        .forEach(
            (name, sha256) -> {
              Path file = file(version, name);
              if (!isIntact(file, sha256)) {
                throw Failure.refused(
                    "release %d is damaged: %s has not SHA-256 %s, as its manifest says"
                        .formatted(version, file, sha256),
                    "restore that file from a backup, or go to another release: pipeline releases"
                        + " list");
              }
            });
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
   * Keeps a release. Where it is kept already, only what is damaged is written again, as it may be
   * what serves.
   *
   * @param files what is linked, by path below the release's folder
   * @param texts what is written, by path
   */
  void keep(
      String model,
      int version,
      String runKey,
      Map<String, Kept> files,
      Map<String, String> texts) {
    Map<String, String> digests = new TreeMap<>();
    files.forEach((name, file) -> digests.put(name, file.sha256()));
    texts.forEach((name, text) -> digests.put(name, Hashes.sha256(text)));
    ReleaseManifest manifest = new ReleaseManifest(model, version, runKey, digests);
    Optional<ReleaseManifest> before = manifest(version);
    if (before.filter(kept -> kept.holds(manifest)).isPresent()) {
      repair(version, files, texts);
      return;
    }
    Path target = folders.release(version);
    Path staged = folders.store().resolve(version + AtomicFiles.PARTIAL);
    try {
      AtomicFiles.deleteRecursively(staged);
      AtomicFiles.deleteRecursively(target);
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
          Json.pretty(manifest.get().with(ReleaseManifest.PLAN, Hashes.sha256(plan))));
    }
  }

  /** Forgets {@code version}: its manifest first, so that it is never half there. */
  void remove(int version) {
    AtomicFiles.deleteRecursively(folders.release(version).resolve(ReleaseManifest.FILE));
    AtomicFiles.deleteRecursively(folders.release(version));
  }

  /** Takes away folders that lost their manifest when a process died. */
  void clear() {
    if (Files.isDirectory(folders.store())) {
      try (Stream<Path> entries = Files.list(folders.store())) {
        entries
            .filter(entry -> VERSION.matcher(String.valueOf(entry.getFileName())).matches())
            .filter(entry -> !Files.exists(entry.resolve(ReleaseManifest.FILE)))
            .toList()
            .forEach(AtomicFiles::deleteRecursively);
      } catch (IOException e) {
        throw unreadable(folders.store(), e);
      }
    }
  }

  /** Bytes of {@code version}, whether others share them or not. */
  public long bytes(int version) {
    long bytes = 0;
    for (String name : manifest(version).map(m -> m.files().keySet()).orElseGet(Set::of)) {
      try {
        bytes += Files.size(file(version, name));
      } catch (IOException e) {
        throw unreadable(file(version, name), e);
      }
    }
    return bytes;
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

  private static void requireInside(Path manifest, String name) {
    Path path = Path.of(name).normalize();
    if (path.isAbsolute() || path.startsWith("..") || !path.toString().equals(name)) {
      throw Failure.refused(
          manifest + " names a file outside of its release: " + name,
          "restore that release's folder from a backup");
    }
  }

  private static Failure unreadable(Path file, IOException e) {
    return Failure.infrastructure(
        "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
  }
}
