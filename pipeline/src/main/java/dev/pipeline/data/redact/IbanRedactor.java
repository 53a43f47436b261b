package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.validator.routines.checkdigit.IBANCheckDigit;

/** Bank accounts by ISO 13616: the remainder of the rearranged number modulo 97 must be 1. */
final class IbanRedactor implements Redactor {
  private static final Automaton CANDIDATE =
      Automaton.of("[A-Z]{2}[0-9]{2}(?:[ ]?[0-9A-Z]){11,30}");
  private static final int SHORTEST = 15;

  @Override
  public List<Span> find(String text, Identities known) {
    List<Span> spans = new ArrayList<>();
    Starts.each(
        CANDIDATE,
        IbanRedactor::start,
        text,
        match -> {
          int end = validEnd(text, match.start(), match.end());
          if (end > 0 && Finds.standsAlone(text, match.start(), end)) {
            spans.add(new Span(EntityKind.IBAN, match.start(), end));
          }
        });
    return spans;
  }

  @Override
  public boolean needsDigits() {
    return true;
  }

  /** Two capitals and two digits. */
  private static int start(String text, int from) {
    for (int i = Starts.nextDigit(text, from + 2); i >= 0; i = Starts.nextDigit(text, i + 1)) {
      if (Starts.digit(text, i + 1)
          && i - 2 >= from
          && Starts.capital(text, i - 1)
          && Starts.capital(text, i - 2)) {
        return i - 2;
      }
    }
    return -1;
  }

  /** A following number or capital letter may have been swallowed, so shorter ends are tried. */
  private static int validEnd(String text, int start, int longestEnd) {
    for (int end = longestEnd; end > start; end--) {
      String compact = text.substring(start, end).replace(" ", "");
      if (compact.length() < SHORTEST) {
        return 0;
      }
      if (text.charAt(end - 1) != ' ' && IBANCheckDigit.IBAN_CHECK_DIGIT.isValid(compact)) {
        return end;
      }
    }
    return 0;
  }
}
