package dev.pipeline.serve.look;

import dev.pipeline.data.VersionFolder;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** All versions of all datasets below a folder such as {@code datasets}. */
public final class DatasetShelf {
  /** Kinds of versioned datasets, each a folder. */
  private static final List<String> KINDS = List.of("curated", "preferences");

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final Pattern VERSION = Pattern.compile("[0-9a-f]{64}");

  /** Files of rows, by the part that they are. */
  private static final Map<String, String> PARTS =
      Map.of("train", VersionFolder.TRAIN, "validation", VersionFolder.VALIDATION);

  private final Path datasets;

  /** The versions below {@code datasets}. */
  public DatasetShelf(Path datasets) {
    this.datasets = datasets;
  }

  /** Every whole version, the newest of each dataset first. */
  public List<DatasetView> list() {
    List<DatasetView> all = new ArrayList<>();
    for (String kind : KINDS) {
      for (Path home : folders(datasets.resolve(kind))) {
        folders(home).stream()
            .filter(folder -> VERSION.matcher(name(folder)).matches())
            .filter(folder -> Files.exists(folder.resolve(VersionFolder.MANIFEST)))
            .sorted(Comparator.comparing(DatasetShelf::written).reversed())
            .map(folder -> view(kind, home, folder))
            .forEach(all::add);
      }
    }
    return all;
  }

  /** One version. */
  public Optional<DatasetView> find(String kind, String name, String version) {
    return folder(kind, name, version)
        .map(folder -> view(kind, datasets.resolve(kind).resolve(name), folder));
  }

  /** The version called {@code version}, of whatever dataset. */
  public Optional<DatasetView> find(String version) {
    return list().stream().filter(view -> view.version().equals(version)).findFirst();
  }

  /**
   * A page of what a version left out.
   *
   * @param reason only these; all where it is empty
   * @param page from 1
   */
  public Optional<RejectedPage> rejected(
      String kind, String name, String version, String reason, int page) {
    return folder(kind, name, version)
        .map(folder -> folder.resolve(VersionFolder.REJECTED))
        .map(file -> rejected(file, reason, page));
  }

  /**
   * A page of the rows of {@code part}, train or validation.
   *
   * @param page from 1
   */
  public Optional<RowsPage> rows(String kind, String name, String version, String part, int page) {
    String file = PARTS.get(part);
    return file == null
        ? Optional.empty()
        : folder(kind, name, version).map(folder -> rows(folder.resolve(file), part, page));
  }

  private static RowsPage rows(Path file, String part, int page) {
    LinePages.Page found = LinePages.of(file, page, line -> true);
    return new RowsPage(
        part,
        found.total(),
        found.page(),
        found.pages(),
        found.lines().stream().map(line -> row(line, file)).toList());
  }

  private static DatasetRow row(LinePages.Line line, Path file) {
    JsonNode row = parsed(line, file);
    boolean pair = row.has("chosen");
    return new DatasetRow(
        line.number(),
        Hashes.sha256(line.text()),
        row.path("id").asString(""),
        source(row),
        row.path(pair ? "prompt" : "instruction").asString(""),
        row.path(pair ? "chosen" : "ideal_answer").asString(""),
        row.path("rejected").asString(""));
  }

  private static RejectedPage rejected(Path file, String reason, int page) {
    LinePages.Page found =
        LinePages.of(
            file,
            page,
            line ->
                reason.isEmpty() || parsed(line, file).path("reason").asString("").equals(reason));
    return new RejectedPage(
        found.total(),
        found.page(),
        found.pages(),
        found.lines().stream().map(line -> rejected(line, file)).toList());
  }

  private static RejectedRow rejected(LinePages.Line line, Path file) {
    JsonNode row = parsed(line, file);
    String text =
        row.has("line")
            ? row.path("line").asString("")
            : pretty(row.has("row") ? row.get("row") : row.path("pair"));
    return new RejectedRow(
        Hashes.sha256(line.text()),
        row.path("reason").asString(""),
        row.path("detail").asString(""),
        source(row),
        text);
  }

  private static JsonNode parsed(LinePages.Line line, Path file) {
    return Json.parse(line.text(), JsonNode.class, file + " line " + line.number());
  }

  private static String source(JsonNode row) {
    JsonNode source = row.path("source");
    return source.isObject()
        ? source.path("file").asString("") + " line " + source.path("line").asString("")
        : source.asString("");
  }

  private static String pretty(JsonNode row) {
    return row.isMissingNode() ? "" : Json.pretty(row).strip();
  }

  private static DatasetView view(String kind, Path home, Path folder) {
    Path file = folder.resolve(VersionFolder.MANIFEST);
    JsonNode manifest = Json.parse(read(file), JsonNode.class, file.toString());
    Path card = folder.resolve(VersionFolder.CARD);
    Path latest = home.resolve(VersionFolder.LATEST);
    return new DatasetView(
        kind,
        name(home),
        name(folder),
        Files.exists(latest) && read(latest).strip().equals(name(folder)),
        counts(manifest.path("counts")),
        counts(manifest.path("rejected")),
        manifest.path("rules").valueStream().map(rule -> rule.asString("")).toList(),
        Files.exists(card) ? read(card) : "");
  }

  private static Map<String, Integer> counts(JsonNode object) {
    Map<String, Integer> counts = new TreeMap<>();
    object.properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt(0)));
    return counts;
  }

  /** Nothing but a version's own folder, whatever the names are. */
  private Optional<Path> folder(String kind, String name, String version) {
    boolean plain =
        KINDS.contains(kind) && NAME.matcher(name).matches() && VERSION.matcher(version).matches();
    return plain
        ? Optional.of(datasets.resolve(kind).resolve(name).resolve(version))
            .filter(folder -> Files.exists(folder.resolve(VersionFolder.MANIFEST)))
        : Optional.empty();
  }

  private static List<Path> folders(Path home) {
    if (!Files.isDirectory(home)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(home)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw unreadable(home, e);
    }
  }

  private static String name(Path folder) {
    return String.valueOf(folder.getFileName());
  }

  private static FileTime written(Path folder) {
    try {
      return Files.getLastModifiedTime(folder.resolve(VersionFolder.MANIFEST));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static Failure unreadable(Path file, IOException e) {
    return Failure.infrastructure(
        "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
  }
}
