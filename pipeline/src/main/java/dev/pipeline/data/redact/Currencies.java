package dev.pipeline.data.redact;

import com.google.re2j.Pattern;
import dev.pipeline.data.text.WordList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The ways to write a currency, and the one name a range gives it. */
final class Currencies {
  private static final Map<String, String> NAMES =
      WordList.entries(Currencies.class, "currencies.txt").stream()
          .map(line -> line.split(" ", 2))
          .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

  /** Three capitals, which {@link #known} must confirm. */
  static final String CODE = "[A-Z]{3}";

  /** ISO 4217 codes, as the Java runtime knows them. */
  private static final Set<String> CODES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .filter(code -> !code.startsWith("X") || code.equals("XAF") || code.equals("XOF"))
          .collect(Collectors.toUnmodifiableSet());

  /** Signs and short forms that stand before an amount. */
  static final String SIGN = alternatives(form -> !isWord(form));

  /** Words and short forms that follow an amount. */
  static final String WORD = alternatives(form -> !form.equals("R"));

  private static final List<String> SPELT =
      NAMES.keySet().stream().filter(form -> isWord(form) && form.length() > 2).sorted().toList();

  private Currencies() {}

  /** Currencies written out, such as "dollars". */
  static List<String> spelt() {
    return SPELT;
  }

  /** Whether {@code form} is a currency at all. */
  static boolean known(String form) {
    return CODES.contains(form) || NAMES.containsKey(form);
  }

  /** The name of the currency written as {@code form}; a code is its own name. */
  static String name(String form) {
    return NAMES.getOrDefault(form, form);
  }

  /** Whether {@code name} is a word that follows the amount, as in {@code 10 to 20 cents}. */
  static boolean follows(String name) {
    return !name.matches("[A-Z]{3}|kr");
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
    return NAMES.keySet().stream()
        .filter(wanted)
        .sorted(Comparator.comparingInt(String::length).reversed().thenComparing(form -> form))
        .map(Pattern::quote)
        .collect(Collectors.joining("|", "(?:", ")"));
  }
}
