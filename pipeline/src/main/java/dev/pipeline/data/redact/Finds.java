package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  /**
   * Lower case, each character where it was: of all characters, only the capital I with a dot would
   * become two.
   */
  static String lowerInPlace(String text) {
    return text.replace('\u0130', 'i').toLowerCase(Locale.ROOT);
  }

  /** One past the letters and digits that begin at {@code at}; nothing inside them stands alone. */
  static int groupEnd(String text, int at) {
    int end = at;
    while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /**
   * The last end up to {@code most} that tears no group of letters or digits, nor leaves a gap
   * behind the last; -1 where what begins at {@code start} has none or does not stand alone.
   */
  static int lastEnd(String text, int start, int most) {
    for (int end = most; end > start; end--) {
      char last = text.charAt(end - 1);
      if ((last == ')' || Character.isLetterOrDigit(last)) && standsAlone(text, start, end)) {
        return end;
      }
    }
    return -1;
  }

  private static boolean touches(String text, int outside, int inside) {
    return outside >= 0
        && outside < text.length()
        && Character.isLetterOrDigit(text.charAt(outside))
        && Character.isLetterOrDigit(text.charAt(inside));
  }
}
