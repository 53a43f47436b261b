package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/** Payment cards: 13 to 19 digits of an issuer's range whose Luhn sum (ISO/IEC 7812-1) is right. */
final class CardRedactor implements Redactor {
  private static final Automaton CANDIDATE = Automaton.of("[2-6][0-9]{2,3}(?:[ -]?[0-9]){10,16}");

  private static final int FEWEST_DIGITS = 13;

  @Override
  public List<Span> find(String text, Identities known) {
    List<Span> spans = new ArrayList<>();
    Starts.each(
        CANDIDATE,
        CardRedactor::start,
        text,
        match -> {
          String digits =
              text.substring(match.start(), match.end()).replace(" ", "").replace("-", "");
          if (LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits)
              && Finds.standsAlone(text, match.start(), match.end())) {
            spans.add(new Span(EntityKind.CARD, match.start(), match.end()));
          }
        });
    return spans;
  }

  @Override
  public boolean needsDigits() {
    return true;
  }

  /** A digit of an issuer's range with enough digits behind it, each after a gap at most. */
  private static int start(String text, int from) {
    for (int i = Starts.nextDigit(text, from); i >= 0; i = Starts.nextDigit(text, i + 1)) {
      char first = text.charAt(i);
      if (first >= '2' && first <= '6' && enough(text, i)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean enough(String text, int start) {
    int digits = 0;
    int at = start;
    while (digits < FEWEST_DIGITS) {
      if (Starts.digit(text, at)) {
        digits++;
        at++;
      } else if (Starts.digit(text, at + 1) && (text.charAt(at) == ' ' || text.charAt(at) == '-')) {
        at++;
      } else {
        return false;
      }
    }
    return true;
  }
}
