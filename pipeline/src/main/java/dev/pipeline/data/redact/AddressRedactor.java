package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import dev.pipeline.data.automaton.Automaton.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Postal addresses by their build: a street with its number, then a postcode with its town. Streets
 * are known by the words that name streets in a dozen languages; a postcode right after a numbered
 * line is evidence enough by itself. The forms are costly, so they are tried only around what could
 * be a postcode, or where a street word stands.
 */
final class AddressRedactor implements Redactor {
  private static final List<AddressForms.Form> WITH_POSTCODE = AddressForms.withPostcode();
  private static final List<AddressForms.Form> COMPLETE = AddressForms.complete();
  private static final Predicate<String> HINTS = AddressForms.completeHints();
  private static final Automaton POSTCODE_SIGN =
      Automaton.of(
          "\\b(?:[0-9]{4,6}\\b|[0-9]{3} [0-9]{2}\\b|[0-9]{2}-[0-9]{3}\\b|[A-Z]{1,2}[0-9])");
  private static final int REACH_BEFORE = 100;
  private static final int REACH_AFTER = 60;

  @Override
  public List<Span> find(String text, Identities known) {
    List<Span> spans = new ArrayList<>();
    if (Starts.nextDigit(text, 0) < 0) {
      return spans;
    }
    for (AddressForms.Form form : COMPLETE) {
      if (form.isPossible(text) && HINTS.test(text)) {
        collect(form.pattern(), text, 0, text.length(), spans);
      }
    }
    for (Span window : windows(text)) {
      String part = text.substring(window.start(), window.end());
      for (AddressForms.Form form : WITH_POSTCODE) {
        if (form.isPossible(part)) {
          collect(form.pattern(), text, window.start(), window.end(), spans);
        }
      }
    }
    return spans;
  }

  @Override
  public boolean needsDigits() {
    return true;
  }

  /** Where a postcode may stand, with enough around it for the address; they do not overlap. */
  private static List<Span> windows(String text) {
    List<Span> windows = new ArrayList<>();
    Starts.each(
        POSTCODE_SIGN,
        AddressRedactor::sign,
        text,
        sign -> {
          int from = Math.max(0, sign.start() - REACH_BEFORE);
          int to = Math.min(text.length(), sign.end() + REACH_AFTER);
          int last = windows.size() - 1;
          if (last >= 0 && windows.get(last).end() >= from) {
            from = windows.remove(last).start();
          }
          windows.add(new Span(EntityKind.ADDRESS, from, to));
        });
    return windows;
  }

  /** The first digits, or capital with a digit, that could be part of a postcode. */
  private static int sign(String text, int from) {
    for (int i = Starts.nextDigit(text, from); i >= 0; i = Starts.nextDigit(text, i)) {
      int end = Starts.digitsEnd(text, i);
      int capitals = i;
      while (capitals > from && i - capitals < 2 && Starts.capital(text, capitals - 1)) {
        capitals--;
      }
      if (capitals < i && !Starts.wordCharacter(text, capitals - 1)) {
        return capitals;
      }
      int length = end - i;
      boolean grouped =
          (length == 3 && end < text.length() && text.charAt(end) == ' ')
              || (length == 2 && end < text.length() && text.charAt(end) == '-');
      if (!Starts.wordCharacter(text, i - 1)
          && ((length >= 4 && length <= 6) || (grouped && Starts.digit(text, end + 1)))) {
        return i;
      }
      i = end;
    }
    return -1;
  }

  /** What {@code form} finds in the window, as if there were nothing around it. */
  private static void collect(Automaton form, String text, int low, int high, List<Span> spans) {
    Match match = form.find(text, low, low, high);
    while (match != null) {
      if (Finds.standsAlone(text, match.start(), match.end())) {
        spans.add(new Span(EntityKind.ADDRESS, match.start(), match.end()));
      }
      match = form.find(text, match.end(), low, high);
    }
  }
}
