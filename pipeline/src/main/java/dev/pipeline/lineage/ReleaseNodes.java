package dev.pipeline.lineage;

import dev.pipeline.io.Json;
import dev.pipeline.release.Release;
import dev.pipeline.release.ReleaseLog;
import dev.pipeline.release.ReleaseManifest;
import dev.pipeline.release.ReleaseStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Releases, with every file that is kept of them. */
final class ReleaseNodes {
  private static final String GGUF = ".gguf";
  private static final String WHOLE = "-F16.gguf";

  private final Places places;
  private final Graph graph;

  ReleaseNodes(Places places, Graph graph) {
    this.places = places;
    this.graph = graph;
  }

  static String id(int version) {
    return Node.idOf(Kind.RELEASE, String.valueOf(version));
  }

  void add() {
    Path model = places.workspace().model();
    ReleaseLog log = new ReleaseLog(model);
    ReleaseStore store = new ReleaseStore(model);
    log.all().forEach(release -> add(release, log, store));
  }

  private void add(Release release, ReleaseLog log, ReleaseStore store) {
    int version = release.version();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        new Evidence(
            log.file(),
            "its seal",
            "",
            file ->
                log.isIntact()
                    ? Optional.empty()
                    : Optional.of("is not what was written: its seal does not fit")));
    Path manifestFile = store.file(version, ReleaseManifest.FILE);
    store
        .manifest(version)
        .ifPresent(manifest -> evidence.addAll(kept(release, store, manifest, manifestFile)));
    graph.add(
        new Node(
            id(version),
            Kind.RELEASE,
            places.modelName() + " release " + version,
            Map.of("published_at", release.publishedAt(), "run_key", release.runKey()),
            evidence));
    release
        .files()
        .forEach(
            (name, sha256) -> {
              if (name.endsWith(GGUF)) {
                Kind kind = name.endsWith(WHOLE) ? Kind.MERGED : Kind.GGUF;
                String id = Node.idOf(kind, sha256);
                // Its run may be gone; the release still names it.
                graph.add(new Node(id, kind, name, Map.of("sha256", sha256), List.of()));
                graph.edge(id, id(version));
              }
            });
  }

  private List<Evidence> kept(
      Release release, ReleaseStore store, ReleaseManifest manifest, Path manifestFile) {
    String modelName = places.modelName();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(
        Evidence.json(
            manifestFile,
            "releases.json",
            text -> Json.parse(text, ReleaseManifest.class, manifestFile.toString()),
            said ->
                said.version() == release.version()
                        && said.runKey().equals(release.runKey())
                        && said.model().equals(modelName)
                    ? Optional.empty()
                    : Optional.of("is of another release than releases.json says")));
    manifest
        .files()
        .forEach(
            (name, sha256) ->
                evidence.add(
                    Evidence.digest(
                        store.file(release.version(), name), sha256, manifestFile.toString())));
    return evidence;
  }
}
