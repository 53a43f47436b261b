package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** Amounts as people write them: {@code 1,870.50}, {@code 1.870,50}, {@code 1 480 000}, words. */
public final class Amounts {
  /** One number, with any thousands separator and any decimal mark. */
  public static final String NUMBER =
      "(?:[0-9]{1,3}(?:[ ,.'’\u00a0\u202f][0-9]{3})+(?:[.,][0-9]{1,2})?|[0-9]+(?:[.,][0-9]{1,4})?)";

  private static final Automaton THOUSANDS = Automaton.of("[0-9]{1,3}(?:[.,][0-9]{3})+");

  private static final Map<String, Integer> SMALL =
      Map.ofEntries(
          Map.entry("one", 1),
          Map.entry("two", 2),
          Map.entry("three", 3),
          Map.entry("four", 4),
          Map.entry("five", 5),
          Map.entry("six", 6),
          Map.entry("seven", 7),
          Map.entry("eight", 8),
          Map.entry("nine", 9),
          Map.entry("ten", 10),
          Map.entry("eleven", 11),
          Map.entry("twelve", 12),
          Map.entry("thirteen", 13),
          Map.entry("fourteen", 14),
          Map.entry("fifteen", 15),
          Map.entry("sixteen", 16),
          Map.entry("seventeen", 17),
          Map.entry("eighteen", 18),
          Map.entry("nineteen", 19),
          Map.entry("twenty", 20),
          Map.entry("thirty", 30),
          Map.entry("forty", 40),
          Map.entry("fifty", 50),
          Map.entry("sixty", 60),
          Map.entry("seventy", 70),
          Map.entry("eighty", 80),
          Map.entry("ninety", 90));

  private static final Map<String, Integer> LARGE =
      Map.of("hundred", 100, "thousand", 1_000, "million", 1_000_000);

  /** A spelt number as a pattern: {@code two thousand nine hundred}, {@code sixty-two}. */
  public static final String SPELT =
      "(?:"
          + String.join("|", SMALL.keySet().stream().sorted().toList())
          + ")(?:(?:[ -]| and )(?:"
          + String.join("|", SMALL.keySet().stream().sorted().toList())
          + "|hundred|thousand|million))*";

  private Amounts() {}

  /** The numbers below a hundred that are one word, in lower case. */
  static Set<String> smallNumbers() {
    return SMALL.keySet();
  }

  /**
   * The value of a number that {@link #NUMBER} matched. Where both marks occur, or one of them
   * where no thousands are, the last is the decimal mark: so have version numbers and addresses a
   * value.
   */
  public static BigDecimal parse(String number) {
    String compact = withoutGaps(number);
    int mark = Math.max(compact.lastIndexOf(','), compact.lastIndexOf('.'));
    boolean oneKind = compact.indexOf(',') < 0 || compact.indexOf('.') < 0;
    if (mark < 0) {
      return new BigDecimal(compact);
    }
    if (oneKind && THOUSANDS.end(compact, 0) == compact.length() && !compact.startsWith("0")) {
      return new BigDecimal(digits(compact));
    }
    return new BigDecimal(digits(compact.substring(0, mark)) + "." + compact.substring(mark + 1));
  }

  private static String digits(String number) {
    return number.replace(",", "").replace(".", "");
  }

  private static String withoutGaps(String number) {
    StringBuilder compact = new StringBuilder(number.length());
    for (int i = 0; i < number.length(); i++) {
      if (" '’\u00a0\u202f".indexOf(number.charAt(i)) < 0) {
        compact.append(number.charAt(i));
      }
    }
    return compact.toString();
  }

  /** The value of a spelt number that {@link #SPELT} matched, in lower case. */
  public static BigDecimal parseSpelt(String words) {
    long total = 0;
    long group = 0;
    for (String word : words.split("[ -]", -1)) {
      if (SMALL.containsKey(word)) {
        group += SMALL.get(word);
      } else if (LARGE.containsKey(word)) {
        group = Math.max(1, group) * LARGE.get(word);
        if (LARGE.get(word) > 100) {
          total += group;
          group = 0;
        }
      }
    }
    return BigDecimal.valueOf(total + group);
  }
}
