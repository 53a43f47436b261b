package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import java.util.ArrayList;
import java.util.List;

/** What redactors share about matching. */
final class Finds {
  private Finds() {}

  /** Every match of {@code pattern} that stands alone as a word. */
  static List<Span> all(Automaton pattern, Starts.Search starts, String text, EntityKind kind) {
    List<Span> spans = new ArrayList<>();
    Starts.each(
        pattern,
        starts,
        text,
        match -> {
          if (standsAlone(text, match.start(), match.end())) {
            spans.add(new Span(kind, match.start(), match.end()));
          }
        });
    return spans;
  }

  /** Whether no letter or digit touches the range from outside. */
  static boolean standsAlone(String text, int start, int end) {
    return !touches(text, start - 1, start) && !touches(text, end, end - 1);
  }

  private static boolean touches(String text, int outside, int inside) {
    return outside >= 0
        && outside < text.length()
        && Character.isLetterOrDigit(text.charAt(outside))
        && Character.isLetterOrDigit(text.charAt(inside));
  }
}
