package dev.pipeline.data.redact;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.re2j.Pattern;
import dev.pipeline.data.automaton.Automaton;
import dev.pipeline.data.automaton.Automaton.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Telephone numbers. International ones need only a possible length; national ones must be possible
 * in some region and look like a phone number: a trunk zero, an area code in brackets, the American
 * grouping, or a word such as "ring" or "mobile" shortly before. A trunk zero, an area code and the
 * rest in one piece, as in 01632 960867, may be an order's number as well, and must not be called
 * one.
 */
final class PhoneRedactor implements Redactor {
  private static final Automaton INTERNATIONAL =
      Automaton.of("(?:\\+|00)[1-9][0-9]{0,2}(?:[ ./-]?\\(?[0-9]{1,5}\\)?){2,6}");
  private static final Automaton NATIONAL =
      Automaton.of("\\(?[0-9]{2,5}\\)?(?:[ ./-]{1,2}[0-9]{2,5}){1,5}");
  private static final Automaton UNDIVIDED =
      Automaton.of("\\(?0[1-9][0-9]{1,4}\\)?[ /-]?[0-9]{6,8}");
  private static final Pattern OTHERWISE_CALLED =
      Pattern.compile(
          "\\b(?:order|invoice|po|article|item|sku|batch|lot|ticket|serial|contract|consignment"
              + "|account|drawing|auftrag|rechnung)(?:[\\s:#.-]|number|no|nr)*$");
  private static final Automaton SHAPED =
      Automaton.of("0[1-9][0-9]{0,4}[ /-]|\\([0-9]{2,5}\\)|[2-9][0-9]{2}[-.][0-9]{3}[-.][0-9]{4}");
  private static final Automaton DATE =
      Automaton.of("[0-3][0-9][./-][0-3][0-9][./-](?:19|20)[0-9]{2}");
  private static final Automaton CUE =
      Automaton.of(
          "\\b(?:call|ring|phone|tel|telephone|mobile|cell|fax|dial|reach|text|whatsapp|answers?|"
              + "number|extension|line|telefon|handy|hotline|switchboard)\\b");

  /** Germany, where numbers may have almost any length, is most likely to settle the matter. */
  private static final List<String> REGIONS =
      List.of("DE", "GB", "US", "FR", "ES", "IT", "NO", "SE", "NL", "PL", "IN", "AU", "ZA", "JP");

  private static final int CUE_REACH = 40;
  private static final int FEWEST_DIGITS = 7;
  private static final int FEWEST_COMMON = 8;
  private static final int MOST_COMMON = 12;

  private final PhoneNumberUtil util = PhoneNumberUtil.getInstance();

  @Override
  public List<Span> find(String text, Identities known) {
    List<Span> spans = new ArrayList<>();
    if (Starts.digits(text, FEWEST_DIGITS) < FEWEST_DIGITS) {
      return spans;
    }
    collect(
        INTERNATIONAL,
        PhoneStarts::international,
        text,
        (before, number, cut) ->
            isPossible(number, "ZZ") && (cut == Cut.NOTHING || mayBeCut(before, number)),
        spans);
    collect(NATIONAL, PhoneStarts::national, text, this::isNational, spans);
    collect(
        UNDIVIDED,
        PhoneStarts::undivided,
        text,
        (before, number, cut) -> isUndivided(before, number),
        spans);
    return spans;
  }

  @Override
  public boolean needsDigits() {
    return true;
  }

  /** What of a match is left away. */
  private enum Cut {
    NOTHING,
    /** The beginning of a longer group, which cannot belong to the number. */
    TORN_GROUP,
    GROUPS
  }

  @FunctionalInterface
  private interface Judge {
    boolean test(String before, String number, Cut cut);
  }

  /**
   * Keeps of the matches what {@code judge} takes for a telephone number, given what stands before.
   * A following number may have been swallowed, so shorter ends are tried.
   */
  private static void collect(
      Automaton pattern, Starts.Search starts, String text, Judge judge, List<Span> spans) {
    Starts.eachKept(
        pattern,
        starts,
        text,
        match -> {
          int end = end(text, match, judge);
          if (end < 0) {
            return match.end();
          }
          spans.add(new Span(EntityKind.PHONE, match.start(), end));
          return end;
        });
  }

  private static int end(String text, Match match, Judge judge) {
    int start = match.start();
    int longest = Finds.lastEnd(text, start, match.end());
    Cut cut = longest == match.end() ? Cut.NOTHING : Cut.TORN_GROUP;
    for (int end = longest; end > start; end = Finds.lastEnd(text, start, end - 1)) {
      String number = text.substring(start, end);
      if (digits(number) < FEWEST_DIGITS) {
        return -1;
      }
      if (judge.test(before(text, start), number, cut)) {
        return end;
      }
      cut = Cut.GROUPS;
    }
    return -1;
  }

  /** Rows of numbers begin like telephone numbers. */
  private static boolean mayBeCut(String before, String number) {
    return number.startsWith("+") || !OTHERWISE_CALLED.matcher(before).find();
  }

  private static String before(String text, int start) {
    return text.substring(Math.max(0, start - CUE_REACH), start).toLowerCase(Locale.ROOT);
  }

  private boolean isNational(String before, String number, Cut cut) {
    if (DATE.end(number, 0) >= 0) {
      return false;
    }
    if (cut != Cut.NOTHING) {
      return isNationalCut(before, number, cut);
    }
    return (isShaped(number) || isCued(before)) && isPossibleSomewhere(number);
  }

  /** In some region almost any length is possible, so a piece must have a common one. */
  private boolean isNationalCut(String before, String number, Cut cut) {
    long digits = digits(number);
    return digits >= FEWEST_COMMON
        && digits <= MOST_COMMON
        && (isShaped(number) || (cut == Cut.TORN_GROUP && isCued(before)))
        && mayBeCut(before, number)
        && isPossibleSomewhere(number);
  }

  /** The American grouping must be all of it; a trunk zero or brackets need only begin it. */
  private static boolean isShaped(String number) {
    int end = SHAPED.end(number, 0);
    return end == number.length() || (end > 0 && "0(".indexOf(number.charAt(0)) >= 0);
  }

  private static boolean isCued(String before) {
    return CUE.isIn(before, 0, before.length());
  }

  private boolean isUndivided(String before, String number) {
    boolean apart = number.chars().anyMatch(letter -> !Character.isDigit(letter));
    return (apart || isCued(before))
        && !OTHERWISE_CALLED.matcher(before).find()
        && isPossibleSomewhere(number);
  }

  private boolean isPossibleSomewhere(String number) {
    for (String region : REGIONS) {
      if (isPossible(number, region)) {
        return true;
      }
    }
    return false;
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
