package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.validator.routines.IBANValidator;
import org.apache.commons.validator.routines.checkdigit.IBANCheckDigit;

/** Bank accounts by ISO 13616: the remainder of the rearranged number modulo 97 must be 1. */
final class IbanRedactor implements Redactor {
  private static final Automaton CANDIDATE =
      Automaton.of("[A-Z]{2}[0-9]{2}(?:[ ]?[0-9A-Z]){11,30}");
  private static final int SHORTEST = 15;

  @Override
  public List<Span> find(String text, Identities known) {
    List<Span> spans = new ArrayList<>();
    Starts.eachKept(
        CANDIDATE,
        IbanRedactor::start,
        text,
        match -> {
          int end = validEnd(text, match.start(), match.end());
          if (end < 0) {
            return Finds.groupEnd(text, match.start() + 1);
          }
          spans.add(new Span(EntityKind.IBAN, match.start(), end));
          return end;
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

  /**
   * A following number or word in capitals may have been swallowed, so shorter ends are tried. One
   * of them in 97 has the remainder by chance: what is long enough for its country goes before.
   */
  private static int validEnd(String text, int start, int longestEnd) {
    int longest = -1;
    int end = Finds.lastEnd(text, start, longestEnd);
    while (end > start) {
      String compact = text.substring(start, end).replace(" ", "");
      if (compact.length() < SHORTEST) {
        break;
      }
      if (IBANCheckDigit.IBAN_CHECK_DIGIT.isValid(compact)) {
        if (IBANValidator.getInstance().isValid(compact)) {
          return end;
        }
        longest = Math.max(longest, end);
      }
      end = Finds.lastEnd(text, start, end - 1);
    }
    return longest;
  }
}
