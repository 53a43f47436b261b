package dev.pipeline.release;

import dev.pipeline.evaluate.gate.Check;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a package that passed its gate, or whose gate somebody overrode: the GGUF files and the
 * Modelfile in {@code models/}, then one more entry in {@code releases.json}.
 *
 * <p>Each file appears whole or not at all, and the log is written last. After a crash the same
 * call finds what is already in place and finishes the rest; once finished, it changes nothing.
 */
public final class Publisher {
  private static final String MODELFILE = "Modelfile";

  private final Path modelFolder;
  private final Clock clock;

  /** A publisher into {@code modelFolder}, such as {@code artifacts/phi4-joshi}. */
  public Publisher(Path modelFolder, Clock clock) {
    this.modelFolder = modelFolder;
    this.clock = clock;
  }

  /**
   * What makes a release besides its files.
   *
   * @param runKey the run that made the package
   * @param datasetVersion SHA-256 name of the dataset it was trained on
   * @param training how its adapter came about
   * @param judged SHA-256 of the file that its gate judged
   * @param warning why it should not be shared; empty where nothing speaks against it
   */
  public record Origin(
      String runKey, String datasetVersion, Training training, String judged, String warning) {}

  /**
   * Publishes {@code staged} and returns its release, which is the current one afterwards.
   *
   * @param override publishes although the gate failed; of no effect where it passed
   * @throws Failure when the gate did not pass and is not overridden or judged another file, when a
   *     file differs from the package's manifest, or when something cannot be written
   */
  public Release publish(
      StagedPackage staged,
      Modelfile modelfile,
      Verdict verdict,
      Origin origin,
      Optional<GateOverride> override) {
    if (override.isEmpty()) {
      verdict.orThrow();
    }
    staged.verify(origin.judged());
    return new ExclusiveFile(modelFolder.resolve(".release.lock"))
        .hold(() -> publishAlone(staged, modelfile, verdict, origin, recorded(override, verdict)));
  }

  private Release publishAlone(
      StagedPackage staged,
      Modelfile modelfile,
      Verdict verdict,
      Origin origin,
      @Nullable GateOverride override) {
    Map<String, String> files = placeAll(staged, modelfile);
    ReleaseLog log = new ReleaseLog(modelFolder);
    Optional<Release> current = log.current();
    if (current.isPresent() && current.get().publishes(origin.runKey(), files)) {
      return current.get();
    }
    Release release =
        new Release(
            current.map(Release::version).orElse(0) + 1,
            origin.runKey(),
            origin.datasetVersion(),
            Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString(),
            files,
            figures(verdict),
            origin.training(),
            origin.warning().isEmpty() ? null : origin.warning(),
            override);
    log.append(release);
    return release;
  }

  /** Puts every file in place and returns their digests, by name. */
  private Map<String, String> placeAll(StagedPackage staged, Modelfile modelfile) {
    String text = modelfile.text();
    Path models = modelFolder.resolve("models");
    Map<String, String> files = new TreeMap<>();
    files.put(MODELFILE, Hashes.sha256(text));
    if (!isInPlace(models.resolve(MODELFILE), Hashes.sha256(text))) {
      AtomicFiles.writeString(models.resolve(MODELFILE), text);
    }
    for (String name : staged.inOrderOfPublication()) {
      String published = staged.isServed(name) ? new ModelFiles(modelfile.model()).served() : name;
      files.put(published, staged.digest(name));
      place(staged.file(name), models.resolve(published), staged.digest(name));
    }
    return files;
  }

  private static @Nullable GateOverride recorded(Optional<GateOverride> override, Verdict verdict) {
    return verdict.pass() ? null : override.map(o -> o.over(verdict.reasons())).orElse(null);
  }

  private static Map<String, Double> figures(Verdict verdict) {
    Map<String, Double> figures = new TreeMap<>();
    for (Check check : verdict.checks()) {
      Double measured = check.measured();
      if (measured != null) {
        figures.put(check.name(), measured);
      }
    }
    return figures;
  }

  private static void place(Path source, Path target, String digest) {
    if (isSameFile(source, target) || isInPlace(target, digest)) {
      return;
    }
    AtomicFiles.writePath(
        target,
        temporary -> {
          Files.deleteIfExists(temporary);
          if (!link(source, temporary)) {
            Files.copy(source, temporary);
            requireDigest(temporary, digest);
          }
        });
  }

  /** Hard-links, which costs no disk space; false where the file system cannot. */
  private static boolean link(Path source, Path temporary) {
    try {
      Files.createLink(temporary, source);
      return true;
    } catch (IOException | UnsupportedOperationException cannotLink) {
      return false;
    }
  }

  private static void requireDigest(Path copy, String digest) {
    if (!Hashes.sha256(copy).equals(digest)) {
      throw Failure.infrastructure(
          "the copy " + copy + " differs from its original",
          "check the disk for errors and run the same command again",
          null);
    }
  }

  /** A link to the source, whose digest is already known to be right. */
  private static boolean isSameFile(Path source, Path target) {
    try {
      return Files.exists(target) && Files.isSameFile(source, target);
    } catch (IOException unknown) {
      return false;
    }
  }

  private static boolean isInPlace(Path target, String digest) {
    return Files.isRegularFile(target) && Hashes.sha256(target).equals(digest);
  }
}
