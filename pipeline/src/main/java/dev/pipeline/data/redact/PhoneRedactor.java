package dev.pipeline.data.redact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Telephone numbers. International ones need only a possible length; national ones must be possible
 * in some region and look like a phone number: a trunk zero, an area code in brackets, the American
 * grouping, or a word such as "ring" or "mobile" shortly before.
 */
final class PhoneRedactor implements Redactor {
  private static final Pattern INTERNATIONAL =
      Pattern.compile("(?:\\+|00)[1-9][0-9]{0,2}(?:[ ./-]?\\(?[0-9]{1,5}\\)?){2,6}");
  private static final Pattern NATIONAL =
      Pattern.compile("\\(?[0-9]{2,5}\\)?(?:[ ./-]{1,2}[0-9]{2,5}){1,5}");
  private static final Pattern SHAPED =
      Pattern.compile(
          "0[1-9][0-9]{0,4}[ /-].*|\\([0-9]{2,5}\\).*|[2-9][0-9]{2}[-.][0-9]{3}[-.][0-9]{4}");
  private static final Pattern CUE =
      Pattern.compile(
          "\\b(?:call|ring|phone|tel|telephone|mobile|cell|fax|dial|reach|text|whatsapp|answers?|"
              + "number|extension|line|telefon|handy|hotline|switchboard)\\b");
  private static final Set<String> REGIONS =
      Set.of("GB", "US", "DE", "FR", "ES", "IT", "NO", "SE", "NL", "PL", "IN", "AU", "ZA", "JP");
  private static final int CUE_REACH = 40;
  private static final int FEWEST_DIGITS = 7;

  private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();

  @Override
  public List<Span> find(String text, Identities known) {
    List<Span> spans = new ArrayList<>();
    collect(INTERNATIONAL, text, true, spans);
    collect(NATIONAL, text, false, spans);
    return spans;
  }

  private void collect(Pattern pattern, String text, boolean international, List<Span> spans) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      String number = matcher.group();
      if (digits(number) >= FEWEST_DIGITS
          && Finds.standsAlone(text, matcher.start(), matcher.end())
          && (international
              ? isPossible(number, "ZZ")
              : looksNational(text, matcher.start(), number)
                  && REGIONS.stream().anyMatch(region -> isPossible(number, region)))) {
        spans.add(new Span(EntityKind.PHONE, matcher.start(), matcher.end()));
      }
    }
  }

  private static boolean looksNational(String text, int start, String number) {
    String before = text.substring(Math.max(0, start - CUE_REACH), start).toLowerCase(Locale.ROOT);
    return SHAPED.matcher(number).matches() || CUE.matcher(before).find();
  }

  private boolean isPossible(String number, String region) {
    try {
      return util.isPossibleNumber(util.parse(number, region));
    } catch (NumberParseException notANumber) {
      return false;
    }
  }

  private static long digits(String number) {
    return number.chars().filter(Character::isDigit).count();
  }
}
