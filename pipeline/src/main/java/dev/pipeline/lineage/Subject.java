package dev.pipeline.lineage;

import dev.pipeline.data.read.RawLine;
import dev.pipeline.data.read.RawLines;
import dev.pipeline.io.Failure;
import dev.pipeline.jobs.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds what a person or program means; rows become part of the graph when they are asked for. */
final class Subject {
  private static final Pattern LINE = Pattern.compile("(.+):([1-9][0-9]{0,8})");
  private static final Pattern ROW = Pattern.compile("(?:raw-)?row:([0-9a-f]{64})");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{8,64}");
  private static final Pattern RELEASE =
      Pattern.compile("(?:release[s]?[ :/-])?v?([1-9][0-9]{0,5})");
  private static final int WHOLE = 64;

  private final Graph graph;
  private final Rows rows;
  private final Places places;

  Subject(Graph graph, Places places) {
    this.graph = graph;
    this.rows = new Rows(places);
    this.places = places;
  }

  /** The node that {@code word} names. */
  Node find(String word) {
    return exact(word)
        .or(() -> rawLine(word))
        .or(() -> path(word))
        .or(() -> tag(word))
        .or(() -> hex(word.toLowerCase(Locale.ROOT)))
        .orElseThrow(
            () ->
                unknown(
                    word,
                    "name a raw line as FILE:LINE, a digest, a file or folder, a run's key, a"
                        + " release's number, an Ollama name or a plan's id"));
  }

  /** The same for those who may not look around on this machine: no word is taken for a path. */
  Node named(String word) {
    return exact(word)
        .or(() -> tag(word))
        .or(() -> hex(word.toLowerCase(Locale.ROOT)))
        .orElseThrow(
            () ->
                unknown(
                    word,
                    "name a digest, a run's key, a release's number, an Ollama name or a plan's"
                        + " id"));
  }

  /** Whether {@link #named} reads rows for {@code word}: it is a row's, or nothing known has it. */
  boolean readsRows(String word) {
    String hex = word.toLowerCase(Locale.ROOT);
    return (ROW.matcher(word).matches() && graph.node(word).isEmpty())
        || (hex.length() == WHOLE && HEX.matcher(hex).matches() && digest(hex).isEmpty());
  }

  private static Failure unknown(String word, String fix) {
    return Failure.usage("nothing known is called \"" + word + "\"", fix);
  }

  private Optional<Node> exact(String word) {
    return graph
        .node(word)
        .or(() -> graph.node(Node.idOf(Kind.PLAN, word)))
        .or(() -> graph.node(Node.idOf(Kind.OLLAMA, word)))
        .or(() -> graph.node(Node.idOf(Kind.RUN, word)))
        .or(() -> rowId(word));
  }

  /** A row by its id, as a walk tells it; rows come into the graph only now. */
  private Optional<Node> rowId(String word) {
    Matcher matcher = ROW.matcher(word);
    return matcher.matches() ? row(matcher.group(1)) : Optional.empty();
  }

  private Optional<Node> tag(String word) {
    String model = places.modelName() + ":v";
    Matcher release =
        RELEASE.matcher(word.startsWith(model) ? word.substring(model.length()) : word);
    return release.matches()
        ? graph.node(Node.idOf(Kind.RELEASE, release.group(1)))
        : Optional.empty();
  }

  private Optional<Node> rawLine(String word) {
    Matcher matcher = LINE.matcher(word);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<Path> file = existing(matcher.group(1)).filter(Files::isRegularFile);
    int number = Integer.parseInt(matcher.group(2));
    return file.map(raw -> rawRow(raw, number));
  }

  private Node rawRow(Path file, int number) {
    String name = String.valueOf(file.getFileName());
    String sha256 = line(file, number).sha256();
    List<Rows.Found> same = rows.all(row -> row.raw().equals(sha256));
    if (!same.isEmpty()) {
      return rawRow(sha256, name + ":" + number, same);
    }
    List<Rows.Found> once = rows.all(row -> row.comesFrom(name, number));
    if (once.isEmpty()) {
      throw Failure.usage(
          "no dataset version holds a row of " + file + ":" + number,
          "curate it first: pipeline run curate");
    }
    if (once.stream().allMatch(row -> row.raw().isEmpty())) {
      return rawRow(sha256, name + ":" + number, once);
    }
    throw Failure.refused(
        file + ":" + number + " is not the line that " + once.get(0).version() + " was made of",
        "restore " + file + ": its SHA-256 was " + once.get(0).raw() + ", it is " + sha256);
  }

  private static RawLine line(Path file, int number) {
    try (RawLines lines = RawLines.open(file)) {
      for (Optional<RawLine> line = lines.next(); line.isPresent(); line = lines.next()) {
        if (line.get().number() == number) {
          return line.get();
        }
      }
    }
    throw Failure.usage(file + " has no line " + number, "count its lines with wc -l");
  }

  private Node rawRow(String sha256, String title, List<Rows.Found> found) {
    Node raw =
        new Node(
            Node.idOf(Kind.RAW_ROW, sha256),
            Kind.RAW_ROW,
            title,
            Map.of("sha256", sha256),
            List.of());
    graph.add(raw);
    for (Rows.Found row : found) {
      graph.edge(raw.id(), add(row).id());
      graph.parts(DatasetNodes.id(row.version())).stream()
          .filter(part -> part.kind() == Kind.RAW_FILE)
          .filter(
              part -> row.comesFrom(part.title(), row.row().path("source").path("line").asInt(0)))
          .forEach(part -> graph.edge(part.id(), raw.id()));
    }
    return raw;
  }

  /** The row; one that was left out went into nothing. */
  private Node add(Rows.Found found) {
    Node row = found.node();
    graph.add(row);
    if (!found.isRejected()) {
      graph.edge(row.id(), DatasetNodes.id(found.version()));
    }
    return row;
  }

  private Node curated(Rows.Found found) {
    Node row = add(found);
    if (!found.raw().isEmpty()) {
      rawRow(found.raw(), row.facts().getOrDefault("source", ""), List.of(found));
    }
    return row;
  }

  /** By its own place, by its content, or else as what something rests on that says otherwise. */
  private Optional<Node> path(String word) {
    Optional<Path> given = existing(word);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    Path real = real(given.get());
    if (!Files.isRegularFile(real) && !Files.isDirectory(real)) {
      throw Failure.usage(word + " is a device or a pipe", "name a file or a folder");
    }
    return first(node -> isAt(node.facts().getOrDefault("path", ""), real))
        .or(() -> digest(Digests.of(real)))
        .or(
            () ->
                first(
                    node ->
                        node.evidence().stream()
                            .anyMatch(file -> isAt(file.path().toString(), real))));
  }

  private Optional<Node> first(Predicate<Node> wanted) {
    return graph.nodes().stream().filter(wanted).min(Comparator.comparing(Node::kind));
  }

  private static boolean isAt(String place, Path real) {
    return !place.isEmpty() && real(Path.of(place)).equals(real);
  }

  private Optional<Node> hex(String word) {
    if (!HEX.matcher(word).matches()) {
      return Optional.empty();
    }
    // What is in memory is asked before any row is read.
    return digest(word).or(() -> word.length() == WHOLE ? row(word) : Optional.empty());
  }

  private Optional<Node> row(String sha256) {
    List<Rows.Found> found =
        rows.all(row -> row.raw().equals(sha256) || row.sha256().equals(sha256));
    List<Rows.Found> raw = found.stream().filter(row -> row.raw().equals(sha256)).toList();
    if (!raw.isEmpty()) {
      return Optional.of(rawRow(sha256, raw.get(0).node().facts().getOrDefault("source", ""), raw));
    }
    return found.stream().map(this::curated).reduce((one, other) -> other);
  }

  /** The only node whose digest, key or version begins so. */
  private Optional<Node> digest(String hex) {
    List<Node> found =
        graph.nodes().stream()
            .filter(
                node ->
                    node.value().startsWith(hex)
                        || node.facts().getOrDefault("key", "").startsWith(hex))
            .sorted(Comparator.comparing(Node::kind))
            .toList();
    if (found.size() > 1 && hex.length() < WHOLE) {
      throw Failure.usage(
          "\"" + hex + "\" begins " + found.size() + " names",
          "write more of it: "
              + found.stream().map(Node::id).limit(4).collect(Collectors.joining(", ")));
    }
    return found.stream().findFirst();
  }

  private static Optional<Path> existing(String word) {
    try {
      return Optional.of(Path.of(word)).filter(Files::exists);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
