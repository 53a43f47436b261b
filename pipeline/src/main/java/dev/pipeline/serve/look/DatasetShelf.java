package dev.pipeline.serve.look;

import dev.pipeline.data.VersionFolder;
import dev.pipeline.io.Failure;
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
  private static final int PAGE = 25;

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
        .map(file -> page(file, reason, page));
  }

  private static RejectedPage page(Path file, String reason, int page) {
    if (!Files.isRegularFile(file)) {
      return new RejectedPage(0, 1, 1, List.of());
    }
    List<RejectedRow> rows = new ArrayList<>();
    long first = (long) (Math.max(1, page) - 1) * PAGE;
    long total = 0;
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        JsonNode row = Json.parse(line, JsonNode.class, file + " line " + (total + 1));
        if (!reason.isEmpty() && !row.path("reason").asString("").equals(reason)) {
          continue;
        }
        if (total >= first && rows.size() < PAGE) {
          rows.add(row(row));
        }
        total++;
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    int pages = (int) Math.max(1, (total + PAGE - 1) / PAGE);
    return new RejectedPage(total, Math.max(1, page), pages, rows);
  }

  private static RejectedRow row(JsonNode row) {
    JsonNode source = row.path("source");
    String text =
        row.has("line")
            ? row.path("line").asString("")
            : pretty(row.has("row") ? row.get("row") : row.path("pair"));
    String where =
        source.isObject()
            ? source.path("file").asString("") + " line " + source.path("line").asString("")
            : source.asString("");
    return new RejectedRow(
        row.path("reason").asString(""), row.path("detail").asString(""), where, text);
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
