package dev.pipeline.data.dedup;

import com.google.re2j.Pattern;
import dev.pipeline.data.redact.EnglishWords;
import dev.pipeline.data.text.Letters;
import dev.pipeline.data.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which words of a text are codes: pass codes, account and order numbers, keys, whatever their
 * form. A code is a run without spaces, but for those between groups of digits, that
 *
 * <ul>
 *   <li>has ten digits or more, or
 *   <li>has eight signs or more, two digits among them or only capitals, and a part that nothing
 *       explains.
 * </ul>
 *
 * <p>A part, between separators, is explained when it is a number, a number with a unit ("40ft"),
 * an English word or, in a run of at most two parts, a short grade, size or quarter ("PA66-GF30",
 * "FY2024-Q3"). So "48-KTR-205" and "zx81-hopper-9914" are codes; "S355J2", "9001:2015",
 * "90-minute" and "2024-11-21" are not. A longer grade such as "X5CrNi18-10" is taken for one.
 */
final class Codes {
  private static final int FEWEST_SIGNS = 8;
  private static final int FEWEST_DIGITS = 2;
  private static final int LONG_NUMBER = 10;
  private static final int PARTS_OF_A_GRADE = 2;

  private static final int SHORTEST_GROUP = 3;
  private static final String SEPARATORS = "-./_:#+";

  private static final Pattern SEPARATOR = Pattern.compile("[-./_:#+ ]");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[a-z]{1,3})?");
  private static final Pattern GRADE = Pattern.compile("[A-Za-z]{1,2}[0-9]{1,4}");

  private Codes() {}

  /** The codes in {@code text} as they are compared: capitals, without separators. */
  static Set<String> in(String text) {
    Set<String> codes = new TreeSet<>();
    for (String run : runs(text)) {
      String signs = run.length() < FEWEST_SIGNS ? "" : SEPARATOR.matcher(run).replaceAll("");
      if (isCode(run, signs)) {
        codes.add(signs.toUpperCase(Locale.ROOT));
      }
    }
    return codes;
  }

  /** The runs of {@code text}, in order. */
  static List<String> runs(String text) {
    List<String> runs = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = runEnd(text, at);
      if (end > at) {
        runs.add(text.substring(at, end));
        at = end;
      } else {
        at += Character.charCount(text.codePointAt(at));
      }
    }
    return runs;
  }

  /**
   * {@code [0-9]{3,}(?: [0-9]{3,})+|[\\p{L}\\p{N}]+(?:[-./_:#+][\\p{L}\\p{N}]+)*} at {@code at};
   * its begin where there is none. By hand, for it is asked at every word of every answer.
   */
  private static int runEnd(String text, int at) {
    int groups = groupsEnd(text, at);
    if (groups > at) {
      return groups;
    }
    int end = Letters.lettersEnd(text, at);
    while (end > at && end < text.length() && SEPARATORS.indexOf(text.charAt(end)) >= 0) {
      int next = Letters.lettersEnd(text, end + 1);
      if (next == end + 1) {
        return end;
      }
      end = next;
    }
    return end;
  }

  /** Numbers are also written in groups with a space between; shorter ones may be date and hour. */
  private static int groupsEnd(String text, int at) {
    int end = at;
    int next = groupEnd(text, at);
    int groups = 0;
    while (next > 0) {
      end = next;
      groups++;
      next = end < text.length() && text.charAt(end) == ' ' ? groupEnd(text, end + 1) : 0;
    }
    return groups > 1 ? end : at;
  }

  /** One past three or more digits at {@code at}, or 0. */
  private static int groupEnd(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - at >= SHORTEST_GROUP ? end : 0;
  }

  private static boolean isCode(String run, String signs) {
    if (signs.length() < FEWEST_SIGNS) {
      return false;
    }
    long digits = signs.chars().filter(Character::isDigit).count();
    if (digits >= LONG_NUMBER) {
      return true;
    }
    boolean marked = digits >= FEWEST_DIGITS || signs.equals(signs.toUpperCase(Locale.ROOT));
    String[] parts = SEPARATOR.split(run);
    return marked && Arrays.stream(parts).anyMatch(part -> !explained(part, parts.length));
  }

  private static boolean explained(String part, int parts) {
    return NUMBER.matcher(part).matches()
        || EnglishWords.contains(Words.fold(part))
        || (parts <= PARTS_OF_A_GRADE && GRADE.matcher(part).matches());
  }
}
