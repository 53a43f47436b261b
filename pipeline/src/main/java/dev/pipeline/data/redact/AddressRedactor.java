package dev.pipeline.data.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Postal addresses by their build: a street with its number, then a postcode with its town. Streets
 * are known by the words that name streets in a dozen languages; a postcode right after a numbered
 * line is evidence enough by itself. The forms are costly, so they are tried only around what could
 * be a postcode, or where a street word stands.
 */
final class AddressRedactor implements Redactor {
  private static final List<Pattern> WITH_POSTCODE = compile(AddressForms.withPostcode());
  private static final List<Pattern> COMPLETE = compile(AddressForms.complete());
  private static final List<String> HINTS = AddressForms.completeHints();
  private static final Pattern POSTCODE_SIGN =
      Pattern.compile(
          "\\b(?:[0-9]{4,6}\\b|[0-9]{3} [0-9]{2}\\b|[0-9]{2}-[0-9]{3}\\b|[A-Z]{1,2}[0-9])");
  private static final int REACH_BEFORE = 100;
  private static final int REACH_AFTER = 60;

  @Override
  public List<Span> find(String text, Identities known) {
    List<Span> spans = new ArrayList<>();
    if (text.chars().noneMatch(Character::isDigit)) {
      return spans;
    }
    if (HINTS.stream().anyMatch(text::contains)) {
      COMPLETE.forEach(form -> collect(form, text, 0, text.length(), spans));
    }
    for (Span window : windows(text)) {
      WITH_POSTCODE.forEach(form -> collect(form, text, window.start(), window.end(), spans));
    }
    return spans;
  }

  /** Where a postcode may stand, with enough around it for the address; they do not overlap. */
  private static List<Span> windows(String text) {
    List<Span> windows = new ArrayList<>();
    Matcher sign = POSTCODE_SIGN.matcher(text);
    while (sign.find()) {
      int from = Math.max(0, sign.start() - REACH_BEFORE);
      int to = Math.min(text.length(), sign.end() + REACH_AFTER);
      int last = windows.size() - 1;
      if (last >= 0 && windows.get(last).end() >= from) {
        from = windows.remove(last).start();
      }
      windows.add(new Span(EntityKind.ADDRESS, from, to));
    }
    return windows;
  }

  private static void collect(Pattern form, String text, int from, int to, List<Span> spans) {
    Matcher matcher = form.matcher(text.substring(from, to));
    while (matcher.find()) {
      int start = from + matcher.start();
      int end = from + matcher.end();
      if (Finds.standsAlone(text, start, end)) {
        spans.add(new Span(EntityKind.ADDRESS, start, end));
      }
    }
  }

  private static List<Pattern> compile(List<String> forms) {
    return forms.stream().map(Pattern::compile).toList();
  }
}
