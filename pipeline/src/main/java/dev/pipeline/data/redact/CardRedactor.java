package dev.pipeline.data.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/** Payment cards: 13 to 19 digits of an issuer's range whose Luhn sum (ISO/IEC 7812-1) is right. */
final class CardRedactor implements Redactor {
  private static final Pattern CANDIDATE = Pattern.compile("[2-6][0-9]{2,3}(?:[ -]?[0-9]){10,16}");

  @Override
  public List<Span> find(String text, Identities known) {
    List<Span> spans = new ArrayList<>();
    Matcher matcher = CANDIDATE.matcher(text);
    while (matcher.find()) {
      String digits = matcher.group().replaceAll("[ -]", "");
      if (LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits)
          && Finds.standsAlone(text, matcher.start(), matcher.end())) {
        spans.add(new Span(EntityKind.CARD, matcher.start(), matcher.end()));
      }
    }
    return spans;
  }
}
