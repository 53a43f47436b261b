package dev.pipeline.vectors;

import dev.pipeline.embed.Vectors;
import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.Failure;
import dev.pipeline.io.LineLog;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A collection in one log of JSON lines, the last line about a point counts. Searches compare with
 * every point, which is exact and, up to some ten thousand points, quick.
 */
final class FileVectorCollection implements VectorCollection {
  /** Lines that count no more are swept out once they are this many and the majority. */
  private static final int SLACK = 1000;

  private static final Comparator<Hit> MOST_SIMILAR_FIRST =
      Comparator.comparingDouble(Hit::similarity).reversed().thenComparing(hit -> hit.entry().id());

  private final int dimensions;
  private final LineLog log;
  private final ExclusiveFile lock;
  private @Nullable Content known;

  FileVectorCollection(Path home, int dimensions) {
    this.dimensions = dimensions;
    this.log = new LineLog(home.resolve("points.jsonl"));
    this.lock = new ExclusiveFile(home.resolve("points.lock"));
  }

  /**
   * What a file held when it was read.
   *
   * @param version tells whether it is still the same file of the same size
   */
  private record Content(String version, Map<UUID, Point> points, int lines) {}

  @Override
  public void put(List<Point> points) {
    for (Point point : points) {
      if (point.vector().length != dimensions) {
        throw new IllegalArgumentException(
            point.vector().length + " numbers in a collection of " + dimensions);
      }
    }
    append(points.stream().map(PointLine::of).toList());
  }

  @Override
  public void delete(Collection<UUID> ids) {
    append(ids.stream().map(PointLine::gone).toList());
  }

  @Override
  public List<Entry> get(Collection<UUID> ids) {
    Map<UUID, Point> points = points();
    return ids.stream()
        .distinct()
        .map(points::get)
        .filter(Objects::nonNull)
        .map(Point::entry)
        .toList();
  }

  @Override
  public List<Entry> all(Map<String, String> filter) {
    return points().values().stream()
        .map(Point::entry)
        .filter(entry -> passes(entry, filter))
        .toList();
  }

  @Override
  public List<Hit> search(float[] question, Map<String, String> filter, int limit) {
    return points().values().stream()
        .filter(point -> passes(point.entry(), filter))
        .map(point -> new Hit(point.entry(), Vectors.cosine(question, point.vector())))
        .sorted(MOST_SIMILAR_FIRST)
        .limit(limit)
        .toList();
  }

  private static boolean passes(Entry entry, Map<String, String> filter) {
    return filter.entrySet().stream()
        .allMatch(wanted -> wanted.getValue().equals(entry.payload().get(wanted.getKey())));
  }

  private void append(List<PointLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    lock.hold(
        () -> {
          log.append(lines.stream().map(PointLine::json).toList());
          Content content = content();
          if (content.lines() > 2 * content.points().size() + SLACK) {
            log.replace(
                content.points().values().stream()
                    .map(point -> PointLine.of(point).json())
                    .toList());
          }
          return lines.size();
        });
  }

  private Map<UUID, Point> points() {
    return content().points();
  }

  private synchronized Content content() {
    String version = version();
    if (known == null || !known.version().equals(version)) {
      List<String> lines = log.read();
      Map<UUID, Point> points = new LinkedHashMap<>();
      int number = 0;
      for (String line : lines) {
        number++;
        PointLine.parse(line, dimensions, log.file() + " line " + number).applyTo(points);
      }
      known = new Content(version, points, lines.size());
    }
    return known;
  }

  private String version() {
    try {
      BasicFileAttributes file =
          Files.exists(log.file())
              ? Files.readAttributes(log.file(), BasicFileAttributes.class)
              : null;
      return file == null ? "" : file.fileKey() + " " + file.size() + " " + file.lastModifiedTime();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + log.file() + ": " + Reason.of(e), "check its permissions", e);
    }
  }
}
