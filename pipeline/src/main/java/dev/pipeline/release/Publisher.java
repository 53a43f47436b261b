package dev.pipeline.release;

import dev.pipeline.evaluate.gate.Check;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Publishes a package that passed its gate, or whose gate somebody overrode. It is kept in the
 * store first, tried, and only then what serves; until that moment the former release serves.
 *
 * <p>After a crash the same call finishes what was begun; once finished, it changes nothing.
 */
public final class Publisher {
  /** The Modelfile's name in {@code models/}. */
  public static final String MODELFILE = "Modelfile";

  private final Clock clock;
  private final Serving serving;
  private final ReleaseFolders folders;
  private final ReleaseStore store;
  private final ReleaseLog log;

  /** A publisher into {@code modelFolder}, such as {@code artifacts/phi4-joshi}. */
  public Publisher(Path modelFolder, Clock clock, Serving serving) {
    this.clock = clock;
    this.serving = serving;
    this.folders = new ReleaseFolders(modelFolder);
    this.store = new ReleaseStore(modelFolder);
    this.log = new ReleaseLog(modelFolder);
  }

  /**
   * Publishes {@code candidate} and returns its release, which is the current one afterwards.
   *
   * @param by who has it published
   * @throws Failure when the gate did not pass and is not overridden or judged another file, when a
   *     file differs from the package's manifest, when it does not answer as it must, when it was
   *     rolled back, or when something cannot be written
   */
  public Release publish(Candidate candidate, String by) {
    if (candidate.override().isEmpty()) {
      candidate.verdict().orThrow("report.html");
    }
    candidate.staged().verify(candidate.origin().judged());
    return new ExclusiveFile(folders.lock()).hold(() -> publishAlone(candidate, by));
  }

  private Release publishAlone(Candidate candidate, String by) {
    new OldLayout(folders).adopt();
    settle();
    Map<String, String> files = files(candidate);
    Optional<Release> current = log.current();
    String runKey = candidate.origin().runKey();
    if (current.isPresent() && current.get().publishes(runKey, files)) {
      return again(candidate, current.get());
    }
    refuseRolledBack(runKey, files);
    Release release = release(candidate, log.nextVersion(), files);
    keep(candidate, release);
    bringUp(release, current, by);
    return release;
  }

  /** What was published may have lost its place in the store or at a server. */
  private Release again(Candidate candidate, Release current) {
    keep(candidate, current);
    serving.serve(current, Rollback.formerOf(log, store, current.version()));
    settle();
    return current;
  }

  private void settle() {
    ReleaseSwitch last = new ReleaseSwitch(folders);
    last.settle();
    last.done();
  }

  private void bringUp(Release release, Optional<Release> current, String by) {
    try {
      Optional<String> tried = serving.tryOut(release);
      serving.serve(release, current);
      LogEntry entry =
          new LogEntry(
              LogEntry.Kind.PUBLICATION,
              release.version(),
              current.map(Release::version).orElse(null),
              release.publishedAt(),
              by,
              "run " + release.runKey(),
              tried.orElse(null));
      new ReleaseSwitch(folders).to(entry, Optional.of(release), () -> {});
    } catch (RuntimeException e) {
      if (log.release(release.version()).isEmpty()) {
        Undo.of(
            e,
            () ->
                serving.goBack(
                    release,
                    current,
                    current.flatMap(now -> Rollback.formerOf(log, store, now.version()))));
        Undo.of(e, () -> store.remove(release.version()));
      }
      throw e;
    }
  }

  private void refuseRolledBack(String runKey, Map<String, String> files) {
    for (Release release : log.all()) {
      Optional<LogEntry> rolledBack = log.rolledBack(release.version());
      if (rolledBack.isPresent() && release.publishes(runKey, files)) {
        throw Failure.refused(
            "this run was published as release %d, which %s took back on %s: %s"
                .formatted(
                    release.version(),
                    rolledBack.get().by(),
                    rolledBack.get().at(),
                    rolledBack.get().why()),
            "pipeline releases rollback "
                + release.version()
                + " lets it serve again; otherwise change data or settings and run again");
      }
    }
  }

  private Release release(Candidate candidate, int version, Map<String, String> files) {
    Candidate.Origin origin = candidate.origin();
    return new Release(
        version,
        origin.runKey(),
        origin.datasetVersion(),
        Instant.now(clock).truncatedTo(ChronoUnit.SECONDS).toString(),
        files,
        figures(candidate.verdict()),
        origin.training(),
        origin.warning().isEmpty() ? null : origin.warning(),
        recorded(candidate.override(), candidate.verdict()));
  }

  /** Digests of what is served, by name. */
  private static Map<String, String> files(Candidate candidate) {
    Map<String, String> files = new TreeMap<>();
    files.put(MODELFILE, Hashes.sha256(candidate.modelfile().text()));
    for (String name : candidate.staged().names()) {
      files.put(published(candidate, name), candidate.staged().digest(name));
    }
    return files;
  }

  private static String published(Candidate candidate, String name) {
    return candidate.staged().isServed(name)
        ? new ModelFiles(candidate.modelfile().model()).served()
        : name;
  }

  private void keep(Candidate candidate, Release release) {
    String model = candidate.modelfile().model();
    Map<String, ReleaseStore.Kept> files = new HashMap<>();
    StagedPackage staged = candidate.staged();
    for (String name : staged.names()) {
      files.put(
          ReleaseManifest.MODELS + "/" + published(candidate, name),
          new ReleaseStore.Kept(staged.file(name), staged.digest(name)));
    }
    candidate.kept().forEach((name, file) -> files.put(name, ReleaseStore.Kept.of(file)));
    Map<String, String> texts =
        Map.of(
            ReleaseManifest.MODELS + "/" + MODELFILE,
            candidate.modelfile().text(),
            ReleaseManifest.MODELS + "/" + model + ".env",
            EnvironmentFile.text(model, release.version()),
            ReleaseManifest.MODELFILE,
            Json.pretty(candidate.modelfile()),
            ReleaseManifest.REPORTS + "/gate.json",
            Json.pretty(candidate.verdict()));
    store.keep(model, release.version(), release.runKey(), files, texts);
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
}
