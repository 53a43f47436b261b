package dev.pipeline.lineage;

import dev.pipeline.data.VersionFolder;
import dev.pipeline.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Dataset versions, and the raw files that they were made of. */
final class DatasetNodes {
  private final Places places;
  private final Graph graph;

  DatasetNodes(Places places, Graph graph) {
    this.places = places;
    this.graph = graph;
  }

  /** The folders of all versions. */
  static List<Path> versions(Places places) {
    return Stream.of("curated", "preferences")
        .map(places.workspace().datasets()::resolve)
        .flatMap(home -> Places.folders(home).stream())
        .flatMap(name -> Places.folders(name).stream())
        .filter(version -> Files.isRegularFile(version.resolve(VersionFolder.MANIFEST)))
        .toList();
  }

  static String id(Path version) {
    return Node.idOf(Kind.DATASET, String.valueOf(version.getFileName()));
  }

  void add() {
    versions(places).forEach(this::add);
  }

  private void add(Path version) {
    Path file = version.resolve(VersionFolder.MANIFEST);
    JsonNode manifest;
    try {
      manifest = Json.mapper().readTree(Evidence.text(file));
    } catch (JacksonException e) {
      graph.add(
          new Node(
              id(version),
              Kind.DATASET,
              "dataset " + version,
              Map.of(),
              List.of(
                  Evidence.json(
                      file,
                      "its form",
                      text -> Json.parse(text, JsonNode.class, file.toString()),
                      any -> Optional.empty()))));
      return;
    }
    List<Evidence> evidence = new ArrayList<>();
    manifest
        .path("files")
        .properties()
        .forEach(
            entry ->
                evidence.add(
                    Evidence.digest(
                        version.resolve(entry.getKey()),
                        entry.getValue().asString(""),
                        file.toString())));
    graph.add(
        new Node(
            id(version),
            Kind.DATASET,
            manifest.path("name").asString(""),
            Map.of(
                "path", version.toString(),
                "train", manifest.path("counts").path("train").asString("0"),
                "validation", manifest.path("counts").path("validation").asString("0")),
            evidence));
    for (JsonNode input : manifest.path("inputs")) {
      String raw = raw(input.path("file").asString(""), input.path("sha256").asString(""), file);
      graph.edge(raw, id(version));
    }
  }

  /** The raw file of that name and digest, as {@code by} says. */
  String raw(String name, String sha256, Path by) {
    String id = Node.idOf(Kind.RAW_FILE, sha256);
    graph.add(
        new Node(
            id,
            Kind.RAW_FILE,
            name,
            Map.of("name", name),
            places
                .raw(name)
                .map(path -> List.of(Evidence.digest(path, sha256, by.toString())))
                .orElseGet(List::of)));
    return id;
  }
}
