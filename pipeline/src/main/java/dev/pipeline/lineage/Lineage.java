package dev.pipeline.lineage;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Walks from a row to the served model and its plan, and back, and looks at every file on the way.
 */
public final class Lineage {
  private final Graph graph = new Graph();
  private final List<Evidence> always;
  private final Subject subjects;

  private Lineage(Places places) {
    new DatasetNodes(places, graph).add();
    this.always = new RunNodes(places, graph).add();
    new ReleaseNodes(places, graph).add();
    this.subjects = new Subject(graph, places);
  }

  /** The lineage of the model of {@code config}. */
  public static Lineage of(PipelineConfig config) {
    return new Lineage(Places.of(config));
  }

  /**
   * The way from and to what {@code word} names.
   *
   * @param verify whether files are looked at
   * @param progress told how far that is
   * @throws dev.pipeline.io.Failure where nothing is called so
   */
  public Walk walk(String word, boolean verify, Progress progress) {
    return walk(subjects.find(word), verify, progress);
  }

  /**
   * The same for those who ask from elsewhere: {@code name} is an id or a digest, and no path on
   * this machine is looked at because of it.
   */
  public Walk walkNamed(String name, boolean verify, Progress progress) {
    return walk(subjects.named(name), verify, progress);
  }

  /** Whether the rows of all dataset versions are to be read to find what {@code name} names. */
  public boolean readsRows(String name) {
    return subjects.readsRows(name);
  }

  /** The id of what {@code name} names; a walk finds it without reading rows again. */
  public String idOf(String name) {
    return subjects.named(name).id();
  }

  private Walk walk(Node subject, boolean verify, Progress progress) {
    Set<String> up = graph.ancestors(subject.id());
    Set<String> down = graph.descendants(subject.id());
    List<Walk.Place> places = new ArrayList<>();
    places.add(place(subject, Walk.Side.SUBJECT));
    up.forEach(id -> graph.node(id).ifPresent(node -> places.add(place(node, Walk.Side.CAME_OF))));
    down.forEach(id -> graph.node(id).ifPresent(node -> places.add(place(node, Walk.Side.LED_TO))));
    Set<String> all = new LinkedHashSet<>(List.of(subject.id()));
    all.addAll(up);
    all.addAll(down);
    Map<String, Evidence> evidence = verify ? evidence(all) : Map.of();
    return new Walk(
        subject.id(),
        places,
        edges(subject.id(), up, down),
        evidence.size(),
        evidence.values().stream().mapToLong(file -> size(file.path())).sum(),
        damages(evidence, progress));
  }

  /** Each file once, however many rest on it; manifests of runs in any case. */
  private Map<String, Evidence> evidence(Set<String> ids) {
    Map<String, Evidence> files = new LinkedHashMap<>();
    always.forEach(file -> files.putIfAbsent(key(file), file));
    for (String id : ids) {
      graph.node(id).stream()
          .flatMap(node -> node.evidence().stream())
          .forEach(file -> files.putIfAbsent(key(file), file));
    }
    return files;
  }

  private static String key(Evidence file) {
    return file.path().toAbsolutePath().normalize() + " " + file.sha256();
  }

  private static List<Damage> damages(Map<String, Evidence> evidence, Progress progress) {
    List<Damage> damages = new ArrayList<>();
    int done = 0;
    for (Evidence file : evidence.values()) {
      progress.at(done++, evidence.size(), "looking at " + file.path().getFileName());
      file.fault().ifPresent(fault -> damages.add(new Damage(file.path().toString(), fault)));
    }
    return damages;
  }

  private List<Walk.Edge> edges(String subject, Set<String> up, Set<String> down) {
    List<Walk.Edge> edges = new ArrayList<>();
    Set<String> above = new LinkedHashSet<>(up);
    above.add(subject);
    above.forEach(
        whole ->
            graph.parts(whole).stream()
                .filter(part -> up.contains(part.id()) && !graph.isDetour(part.id(), whole))
                .forEach(part -> edges.add(new Walk.Edge(part.id(), whole))));
    Set<String> below = new LinkedHashSet<>(Set.of(subject));
    below.addAll(down);
    below.forEach(
        part ->
            graph.wholes(part).stream()
                .filter(whole -> down.contains(whole.id()) && !graph.isDetour(part, whole.id()))
                .forEach(whole -> edges.add(new Walk.Edge(part, whole.id()))));
    // What came of the subject may have been made with what the subject came of, too.
    down.forEach(
        whole ->
            graph.parts(whole).stream()
                .filter(part -> up.contains(part.id()) && graph.isInput(part.id(), whole))
                .forEach(part -> edges.add(new Walk.Edge(part.id(), whole))));
    return edges;
  }

  private static Walk.Place place(Node node, Walk.Side side) {
    return new Walk.Place(
        node.id(),
        node.kind(),
        node.title(),
        side,
        node.facts(),
        node.evidence().stream().map(file -> file.path().toString()).distinct().toList());
  }

  private static long size(Path path) {
    try {
      return Files.isRegularFile(path) ? Files.size(path) : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
