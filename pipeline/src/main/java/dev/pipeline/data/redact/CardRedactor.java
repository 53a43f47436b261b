package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import dev.pipeline.data.automaton.Automaton.Match;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/** Payment cards: 13 to 19 digits of an issuer's range whose Luhn sum (ISO/IEC 7812-1) is right. */
final class CardRedactor implements Redactor {
  private static final Automaton CANDIDATE = Automaton.of("[2-6][0-9]{2}(?:[ -]?[0-9]){10,16}");

  /** As cards are printed: in fours, as American Express and Diners Club do, or in one. */
  private static final Automaton PRINTED =
      Automaton.of(
          "[0-9]{4}(?:[ -]?[0-9]{4}){3}(?:[ -]?[0-9]{1,3})?"
              + "|[0-9]{4}[ -]?[0-9]{6}[ -]?[0-9]{4,5}"
              + "|[0-9]{13}");

  private static final int FEWEST_DIGITS = 13;

  @Override
  public List<Span> find(String text, Identities known) {
    List<Span> spans = new ArrayList<>();
    Starts.eachKept(
        CANDIDATE,
        CardRedactor::start,
        text,
        match -> {
          int end = end(text, match);
          if (end < 0) {
            return Finds.groupEnd(text, match.start() + 1);
          }
          spans.add(new Span(EntityKind.CARD, match.start(), end));
          return end;
        });
    return spans;
  }

  @Override
  public boolean needsDigits() {
    return true;
  }

  /**
   * A following number may have been swallowed, so shorter ends are tried, if what they end is
   * divided as cards are: any other piece of a row of numbers would have a right sum too often.
   */
  private static int end(String text, Match match) {
    int start = match.start();
    int longest = Finds.lastEnd(text, start, match.end());
    for (int end = longest; end > start; end = Finds.lastEnd(text, start, end - 1)) {
      String number = text.substring(start, end);
      if (number.length() < FEWEST_DIGITS) {
        break;
      }
      if (PRINTED.end(number, 0) == number.length() && isValid(number)) {
        return end;
      }
    }
    return longest == match.end() && isValid(text.substring(start, longest)) ? longest : -1;
  }

  private static boolean isValid(String number) {
    return LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(number.replace(" ", "").replace("-", ""));
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
