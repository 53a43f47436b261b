package dev.pipeline.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of bytes of a file, kept as ranges that neither overlap nor touch. Not thread-safe. */
final class Ranges {
  private final TreeMap<Long, Long> ranges = new TreeMap<>();
  private long covered;

  /**
   * Some bytes in a row.
   *
   * @param start the first
   * @param end behind the last
   */
  record Range(long start, long end) {
    Range {
      if (start < 0 || end < start) {
        throw new IllegalArgumentException("a range from " + start + " to " + end);
      }
    }

    long length() {
      return end - start;
    }
  }

  /** Adds the bytes from {@code start} to before {@code end}; returns how many are new. */
  long add(long start, long end) {
    long before = covered;
    long from = start;
    long to = end;
    Map.Entry<Long, Long> near = ranges.floorEntry(end);
    while (near != null && near.getValue() >= start) {
      from = Math.min(from, near.getKey());
      to = Math.max(to, near.getValue());
      covered -= near.getValue() - near.getKey();
      ranges.remove(near.getKey());
      near = ranges.floorEntry(end);
    }
    if (to > from) {
      ranges.put(from, to);
      covered += to - from;
    }
    return covered - before;
  }

  void clear() {
    ranges.clear();
    covered = 0;
  }

  /** How many bytes are in the set. */
  long covered() {
    return covered;
  }

  /** Behind the last byte of the set. */
  long end() {
    return ranges.isEmpty() ? 0 : ranges.lastEntry().getValue();
  }

  /** The set, sorted. */
  List<Range> list() {
    return ranges.entrySet().stream().map(e -> new Range(e.getKey(), e.getValue())).toList();
  }

  /** What a file of {@code size} bytes has besides, sorted. */
  List<Range> missing(long size) {
    List<Range> missing = new ArrayList<>();
    long at = 0;
    for (Range range : list()) {
      if (range.start() > at) {
        missing.add(new Range(at, range.start()));
      }
      at = range.end();
    }
    if (at < size) {
      missing.add(new Range(at, size));
    }
    return missing;
  }
}
