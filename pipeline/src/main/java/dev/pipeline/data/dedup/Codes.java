package dev.pipeline.data.dedup;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pipeline.data.redact.EnglishWords;
import dev.pipeline.data.text.Words;
import java.util.Arrays;
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

  /** Numbers are also written in groups with a space between; shorter ones may be date and hour. */
  private static final Pattern RUN =
      Pattern.compile("[0-9]{3,}(?: [0-9]{3,})+|[\\p{L}\\p{N}]+(?:[-./_:#+][\\p{L}\\p{N}]+)*");

  private static final Pattern SEPARATOR = Pattern.compile("[-./_:#+ ]");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(?:[a-z]{1,3})?");
  private static final Pattern GRADE = Pattern.compile("[A-Za-z]{1,2}[0-9]{1,4}");

  private Codes() {}

  /** The codes in {@code text} as they are compared: capitals, without separators. */
  static Set<String> in(String text) {
    Set<String> codes = new TreeSet<>();
    Matcher runs = RUN.matcher(text);
    while (runs.find()) {
      String signs = SEPARATOR.matcher(runs.group()).replaceAll("");
      if (isCode(runs.group(), signs)) {
        codes.add(signs.toUpperCase(Locale.ROOT));
      }
    }
    return codes;
  }

  private static boolean isCode(String run, String signs) {
    long digits = signs.chars().filter(Character::isDigit).count();
    if (digits >= LONG_NUMBER) {
      return true;
    }
    boolean marked = digits >= FEWEST_DIGITS || signs.equals(signs.toUpperCase(Locale.ROOT));
    String[] parts = SEPARATOR.split(run);
    return signs.length() >= FEWEST_SIGNS
        && marked
        && Arrays.stream(parts).anyMatch(part -> !explained(part, parts.length));
  }

  private static boolean explained(String part, int parts) {
    return NUMBER.matcher(part).matches()
        || EnglishWords.contains(Words.fold(part))
        || (parts <= PARTS_OF_A_GRADE && GRADE.matcher(part).matches());
  }
}
