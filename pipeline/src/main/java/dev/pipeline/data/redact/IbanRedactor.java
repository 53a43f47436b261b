package dev.pipeline.data.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.validator.routines.checkdigit.IBANCheckDigit;

/** Bank accounts by ISO 13616: the remainder of the rearranged number modulo 97 must be 1. */
final class IbanRedactor implements Redactor {
  private static final Pattern CANDIDATE =
      Pattern.compile("[A-Z]{2}[0-9]{2}(?:[ ]?[0-9A-Z]){11,30}");
  private static final int SHORTEST = 15;

  @Override
  public List<Span> find(String text, Identities known) {
    List<Span> spans = new ArrayList<>();
    Matcher matcher = CANDIDATE.matcher(text);
    while (matcher.find()) {
      int end = validEnd(text, matcher.start(), matcher.end());
      if (end > 0 && Finds.standsAlone(text, matcher.start(), end)) {
        spans.add(new Span(EntityKind.IBAN, matcher.start(), end));
      }
    }
    return spans;
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
