package dev.pipeline.data.redact;

import com.google.re2j.Pattern;
import dev.pipeline.data.text.WordList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The ways to write a currency, and the one name a range gives it. */
final class Currencies {
  private static final Map<String, String> NAMES =
      WordList.entries(Currencies.class, "currencies.txt").stream()
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

  /** ISO 4217 codes, as the Java runtime knows them. */
  private static final Set<String> CODES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .filter(code -> !code.startsWith("X") || code.equals("XAF") || code.equals("XOF"))
          .collect(Collectors.toUnmodifiableSet());

  /** Words and short forms that follow an amount in words; a sign belongs to digits behind it. */
  static final String WORD = alternatives(Currencies::mayFollowWords);

  private static final int CODE_LENGTH = 3;
  private static final String SIGN_ENDS = characters(Currencies::last, form -> !isWord(form));
  private static final String WORD_BEGINNINGS =
      characters(form -> form.charAt(0), Currencies::mayFollow);

  private static final Map<Character, List<String>> SIGNS_BY_LAST =
      longestFirst(form -> !isWord(form)).stream().collect(Collectors.groupingBy(Currencies::last));
  private static final Map<Character, List<String>> WORDS_BY_FIRST =
      longestFirst(Currencies::mayFollow).stream()
          .collect(Collectors.groupingBy(form -> form.charAt(0)));
  private static final Map<Character, List<String>> WORDS_BY_INITIAL =
      longestFirst(Currencies::mayFollowWords).stream()
          .collect(Collectors.groupingBy(form -> Character.toLowerCase(form.charAt(0))));
  private static final Map<String, String> NAMES_OF_WORDS = namesOfWords();

  private Currencies() {}

  /** Whether, in capitals or not, a whole word at {@code at} may follow an amount in words. */
  static boolean mayFollowAt(String text, int at) {
    if (at >= text.length()) {
      return false;
    }
    char initial = Character.toLowerCase(text.charAt(at));
    for (String form : WORDS_BY_INITIAL.getOrDefault(initial, List.of())) {
      int end = at + form.length();
      if (!(end < text.length() && isOfWord(text.charAt(end)))
          && text.regionMatches(true, at, form, 0, form.length())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a code or sign may end in {@code c}. */
  static boolean mayEndSign(char c) {
    return (c >= 'A' && c <= 'Z') || SIGN_ENDS.indexOf(c) >= 0;
  }

  /** Whether a code or word may begin with {@code c}. */
  static boolean mayBeginWord(char c) {
    return (c >= 'A' && c <= 'Z') || WORD_BEGINNINGS.indexOf(c) >= 0;
  }

  /** The code, or else the longest sign, that ends at {@code end}; empty where there is none. */
  static String endingAt(String text, int from, int end) {
    if (isCode(text, from, end - CODE_LENGTH)) {
      return text.substring(end - CODE_LENGTH, end);
    }
    char last = end > 0 ? text.charAt(end - 1) : 0;
    for (String form : SIGNS_BY_LAST.getOrDefault(last, List.of())) {
      int start = end - form.length();
      if (start >= from && text.startsWith(form, start)) {
        return form;
      }
    }
    return "";
  }

  /**
   * The code, or else the longest word, that begins at {@code start}; empty where there is none.
   */
  static String beginningAt(String text, int start, int limit) {
    if (start + CODE_LENGTH <= limit && isCode(text, start, start)) {
      return text.substring(start, start + CODE_LENGTH);
    }
    char first = start < limit ? text.charAt(start) : 0;
    for (String form : WORDS_BY_FIRST.getOrDefault(first, List.of())) {
      if (start + form.length() <= limit && text.startsWith(form, start)) {
        return form;
      }
    }
    return "";
  }

  private static boolean isCode(String text, int from, int start) {
    return start >= from
        && Starts.capital(text, start)
        && Starts.capital(text, start + 1)
        && Starts.capital(text, start + 2);
  }

  private static char last(String form) {
    return form.charAt(form.length() - 1);
  }

  private static String characters(Function<String, Character> which, Predicate<String> wanted) {
    return NAMES.keySet().stream()
        .filter(wanted)
        .map(which)
        .distinct()
        .map(String::valueOf)
        .collect(Collectors.joining());
  }

  /** Whether {@code form} is a currency at all. */
  static boolean known(String form) {
    return CODES.contains(form) || NAMES.containsKey(form);
  }

  /** The name of the currency written as {@code form}; a code is its own name. */
  static String name(String form) {
    return NAMES.getOrDefault(form, form);
  }

  /** The name of the currency that {@link #WORD} matched, in capitals or not. */
  static String nameOfWord(String form) {
    return NAMES_OF_WORDS.getOrDefault(form.toLowerCase(Locale.ROOT), form);
  }

  /** Whether {@code name} is a word that follows the amount, as in {@code 10 to 20 cents}. */
  static boolean follows(String name) {
    return !name.matches("[A-Z]{3}|kr");
  }

  private static boolean mayFollow(String form) {
    return !form.equals("R");
  }

  private static boolean mayFollowWords(String form) {
    return mayFollow(form) && form.chars().allMatch(Character::isLetter);
  }

  private static Map<String, String> namesOfWords() {
    Map<String, String> names = new HashMap<>();
    longestFirst(Currencies::mayFollowWords)
        .forEach(form -> names.put(form.toLowerCase(Locale.ROOT), NAMES.get(form)));
    return names;
  }

  private static boolean isOfWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static boolean isWord(String form) {
    return form.equals("c")
        || form.equals("p")
        || form.equals("USc")
        || (form.length() > 3 && form.chars().allMatch(Character::isLetter))
        || form.equals("yen")
        || form.equals("won")
        || form.equals("øre");
  }

  private static String alternatives(Predicate<String> wanted) {
    return longestFirst(wanted).stream()
        .map(Pattern::quote)
        .collect(Collectors.joining("|", "(?:", ")"));
  }

  private static List<String> longestFirst(Predicate<String> wanted) {
    return NAMES.keySet().stream()
        .filter(wanted)
        .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(form -> form))
        .toList();
  }
}
