package dev.pipeline.data.redact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A find in a text.
 *
 * @param start first character
 * @param end one past the last character
 */
public record Span(EntityKind kind, int start, int end) {
  private static final Comparator<Span> LONGEST_FIRST =
      Comparator.comparingInt((Span span) -> span.start() - span.end())
          .thenComparing(Span::kind)
          .thenComparingInt(Span::start);

  /** Whether this and {@code other} share a character. */
  public boolean overlaps(Span other) {
    return start < other.end && other.start < end;
  }

  /** The found text. */
  public String in(String text) {
    return text.substring(start, end);
  }

  /** Spans that do not overlap, longest first where they would, in order of position. */
  static List<Span> merge(Collection<Span> finds) {
    if (finds.isEmpty()) {
      return List.of();
    }
    List<Span> inOrder = new ArrayList<>(finds);
    inOrder.sort(Comparator.comparingInt(Span::start));
    return overlapNowhere(inOrder) ? inOrder : longest(inOrder);
  }

  private static boolean overlapNowhere(List<Span> inOrder) {
    for (int i = 1; i < inOrder.size(); i++) {
      if (inOrder.get(i).start < inOrder.get(i - 1).end) {
        return false;
      }
    }
    return true;
  }

  private static List<Span> longest(List<Span> finds) {
    finds.sort(LONGEST_FIRST);
    TreeMap<Integer, Span> kept = new TreeMap<>();
    for (Span span : finds) {
      Map.Entry<Integer, Span> before = kept.lowerEntry(span.end);
      if (before == null || !span.overlaps(before.getValue())) {
        kept.put(span.start, span);
      }
    }
    return new ArrayList<>(kept.values());
  }
}
