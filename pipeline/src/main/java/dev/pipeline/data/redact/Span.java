package dev.pipeline.data.redact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

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
    List<Span> kept = new ArrayList<>();
    for (Span span : finds.stream().sorted(LONGEST_FIRST).toList()) {
      if (kept.stream().noneMatch(span::overlaps)) {
        kept.add(span);
      }
    }
    kept.sort(Comparator.comparingInt(Span::start));
    return kept;
  }
}
