package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** How addresses are written in the countries suppliers write from, as regular expressions. */
final class AddressForms {
  private static final String CAPITAL = "\\p{Lu}[\\p{L}\\p{M}.'’-]*";
  private static final String PLAIN = "\\p{Lu}[\\p{L}\\p{M}'’-]*";
  private static final String JOINING =
      "(?:de la|de los|de las|del|della|des|de|di|du|da|das|do|dos|dei|la|le|les|en|van|von|der|"
          + "den|of|the|am|an|zum|zur|og|na)";
  private static final String NAME =
      "(?:" + CAPITAL + "|[0-9]{1,2}\\.)(?: (?:" + JOINING + " |d['’]|l['’])?" + CAPITAL + "){0,4}";
  private static final String NUMBER =
      "[0-9]{1,5}(?: ?[A-Za-z]\\b)?(?:[/-][0-9A-Za-z]{1,4})?(?: bis| ter)?";

  private static final List<String> UNITS =
      List.of(
          "Unit",
          "Flat",
          "Suite",
          "Studio",
          "Plot",
          "Lot",
          "Yard",
          "Gate",
          "Dock",
          "Bay",
          "Hall",
          "Building",
          "Block",
          "Floor",
          "Apartment",
          "Office",
          "Shed",
          "Warehouse",
          "Polígono",
          "Halle",
          "Tor",
          "Bât\\.");
  private static final String UNIT = "(?:(?:" + String.join("|", UNITS) + ") [0-9A-Z]{1,4},? )";
  private static final List<String> ENGLISH_STREETS =
      List.of(
          "Street",
          "Road",
          "Lane",
          "Avenue",
          "Drive",
          "Close",
          "Court",
          "Way",
          "Row",
          "Yard",
          "Quay",
          "Wharf",
          "Crescent",
          "Terrace",
          "Place",
          "Square",
          "Hill",
          "Wynd",
          "Pike",
          "Hollow",
          "Park",
          "Works",
          "Mews",
          "Walk",
          "Gate",
          "Boulevard",
          "Highway",
          "Parkway",
          "Extension",
          "St",
          "Rd",
          "Ave",
          "Blvd",
          "Ln",
          "Dr");
  private static final String ENGLISH_STREET =
      "(?:" + String.join("|", ENGLISH_STREETS) + ")\\b\\.?";

  /** Scandinavian, German, Dutch and Finnish streets carry their kind at the end of the word. */
  private static final List<String> SUFFIXES =
      List.of(
          "gata", "gaten", "gatan", "gate", "vegen", "veien", "vägen", "vej", "veg", "vei", "väg",
          "bakken", "straße", "strasse", "gasse", "weg", "allee", "platz", "zeile", "damm", "ufer",
          "straat", "laan", "kade", "dijk", "plein", "singel", "katu", "tie", "stræde", "stígur",
          "gade");

  private static final String STREET_SUFFIX =
      "\\p{Lu}[\\p{L}-]*(?:" + String.join("|", SUFFIXES) + "|str\\.)";

  /** Romance and Slavic streets carry it in front. */
  private static final List<String> STREET_PREFIXES =
      List.of(
          "[Rr]ue",
          "[Aa]venue",
          "[Aa]v\\.",
          "[Bb]oulevard",
          "[Pp]lace",
          "[Qq]uai",
          "[Vv]enelle",
          "[Cc]hemin",
          "[Ii]mpasse",
          "Calle",
          "Carrer",
          "Avenida",
          "Paseo",
          "Plaza",
          "Polígono",
          "Camino",
          "Via",
          "Viale",
          "Piazza",
          "Corso",
          "Rua",
          "Travessa",
          "ul\\.",
          "[Uu]lica",
          "al\\.",
          "Strada",
          "Str\\.",
          "Bulevardul",
          "Am",
          "An der",
          "Luka",
          "Jalan",
          "Jl\\.");

  private static final String STREET_PREFIX = "(?:" + String.join("|", STREET_PREFIXES) + ")";

  /** Hungarian, Turkish and Czech streets carry it as a word of its own. */
  private static final List<String> STREET_WORDS =
      List.of("utca", "út", "tér", "Sokak", "Sk\\.", "Caddesi", "Cad\\.", "ulice", "náměstí");

  private static final String STREET_WORD = "(?:" + String.join("|", STREET_WORDS) + ")";

  private static final String POSTCODE =
      "(?:[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}" // United Kingdom
          + "|[A-Z][0-9]{2} ?[A-Z0-9]{4}" // Ireland
          + "|[A-Z][0-9][A-Z] ?[0-9][A-Z][0-9]" // Canada
          + "|[A-Z]{2} [0-9]{5}" // United States
          + "|[0-9]{4}-[0-9]{3}" // Portugal
          + "|[0-9]{2}-[0-9]{3}" // Poland
          + "|[0-9]{4} ?[A-Z]{2}\\b" // Netherlands
          + "|[0-9]{3} [0-9]{2}" // Sweden, Czechia
          + "|[0-9]{4,6})";
  private static final String TOWN = PLAIN + "(?:[ -](?:" + JOINING + " )?" + PLAIN + "){0,3}";
  private static final String FURTHER_PART =
      "(?:, (?:[^,.;:?!\\n0-9]{0,14}[0-9]{0,3}[^,.;:?!\\n0-9]{0,14}|[0-9]{1,2}\\. [A-Z]{1,3}|Co\\. "
          + PLAIN
          + "))";

  private static final String POSTCODE_THEN_TOWN =
      "(?:,? " + POSTCODE + "(?: " + TOWN + ")?(?:, " + TOWN + ")?)";
  private static final String TOWN_THEN_POSTCODE =
      "(?:,? " + TOWN + ",? (?:[A-Z]{2} )?" + POSTCODE + ")";

  /** Up to two further parts between commas, then a postcode and a town in either order. */
  private static final String TAIL =
      FURTHER_PART + "{0,2}?(?:" + POSTCODE_THEN_TOWN + "|" + TOWN_THEN_POSTCODE + ")";

  /**
   * A way to write addresses.
   *
   * @param sign whether a text can hold one: a quick look that spares most texts the search
   */
  record Form(Automaton pattern, Predicate<String> sign) {
    boolean isPossible(String text) {
      return sign.test(text);
    }
  }

  private static final List<String> HINTS =
      Stream.concat(
              ENGLISH_STREETS.stream().map(word -> " " + word),
              SUFFIXES.stream().map(suffix -> suffix + " "))
          .toList();

  /** Letters that a postcode may have before its first digit, a space among them. */
  private static final int POSTCODE_LETTERS = 4;

  /** Characters of the longest number of a house. */
  private static final int LONGEST_NUMBER = 17;

  private AddressForms() {}

  /** Forms that end in a postcode with its town. */
  static List<Form> withPostcode() {
    return List.of(
        form(
            UNIT + "?" + NUMBER + " " + NAME + " " + ENGLISH_STREET + TAIL,
            before(ENGLISH_STREETS)),
        form(UNIT + "?" + NAME + " " + ENGLISH_STREET + TAIL, before(ENGLISH_STREETS)),
        form(UNIT + NAME + TAIL, after(UNITS)),
        form(UNIT + "?(?:" + CAPITAL + " )?" + STREET_SUFFIX + " " + NUMBER + TAIL, suffixes()),
        form(
            STREET_PREFIX
                + " (?:"
                + JOINING
                + " |d['’]|l['’])?"
                + NAME
                + "(?:,? "
                + NUMBER
                + ")?"
                + TAIL,
            after(STREET_PREFIXES)),
        form(
            NUMBER + ",? " + STREET_PREFIX + " (?:" + JOINING + " |d['’]|l['’])?" + NAME + TAIL,
            after(STREET_PREFIXES)),
        form(NAME + " " + STREET_WORD + " " + NUMBER + TAIL, after(STREET_WORDS)),
        form(NAME + ", " + NAME + " " + ENGLISH_STREET + TAIL, before(ENGLISH_STREETS)),
        form(NAME + " " + NUMBER + ", " + POSTCODE + " " + TOWN, AddressForms::hasNumberedLine));
  }

  /** Forms so plain that a town, or nothing, may follow. */
  static List<Form> complete() {
    return List.of(
        form(UNIT + NAME + " " + ENGLISH_STREET + "(?:, " + TOWN + ")?", after(UNITS)),
        form(
            NUMBER + " " + NAME + " (?:Street|Road|Lane|Avenue|Boulevard)\\b(?:, " + TOWN + ")?",
            before(List.of("Street", "Road", "Lane", "Avenue", "Boulevard"))),
        form(
            UNIT
                + "?"
                + STREET_SUFFIX
                + " "
                + NUMBER
                + "(?: (?:in|at) "
                + TOWN
                + "|, "
                + TOWN
                + ")",
            suffixes()));
  }

  /** What some {@link #complete} form contains, followed or preceded by a number. */
  static Predicate<String> completeHints() {
    return text -> containsAny(text, HINTS);
  }

  private static Form form(String pattern, Predicate<String> sign) {
    return new Form(Automaton.of(pattern), sign);
  }

  /** One of {@code words} as a whole word behind a space. */
  private static Predicate<String> before(List<String> words) {
    List<String> spaced = words.stream().map(word -> " " + word).toList();
    return text -> {
      for (String word : spaced) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
          if (!Starts.wordCharacter(text, at + word.length())) {
            return true;
          }
        }
      }
      return false;
    };
  }

  /** One of {@code words}, patterns as they are, before a space. */
  private static Predicate<String> after(List<String> words) {
    List<String> spaced =
        words.stream()
            .map(word -> word.replaceFirst("^\\[..\\]", "").replace("\\", "") + " ")
            .toList();
    return text -> containsAny(text, spaced);
  }

  private static Predicate<String> suffixes() {
    List<String> all = Stream.concat(SUFFIXES.stream(), Stream.of("str.")).toList();
    return text -> {
      for (int at = Starts.nextDigit(text, 0); at >= 0; at = Starts.nextDigit(text, at + 1)) {
        if (at > 0 && text.charAt(at - 1) == ' ' && endsWithAny(text, at - 1, all)) {
          return true;
        }
      }
      return false;
    };
  }

  private static boolean endsWithAny(String text, int end, List<String> words) {
    for (String word : words) {
      if (text.startsWith(word, end - word.length())) {
        return true;
      }
    }
    return false;
  }

  private static boolean containsAny(String text, List<String> words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  /** A number, a comma, and something with a digit. */
  private static boolean hasNumberedLine(String text) {
    for (int comma = text.indexOf(", "); comma >= 0; comma = text.indexOf(", ", comma + 1)) {
      if (digitWithin(text, comma + 2, comma + 2 + POSTCODE_LETTERS)
          && digitWithin(text, comma - LONGEST_NUMBER, comma)) {
        return true;
      }
    }
    return false;
  }

  private static boolean digitWithin(String text, int from, int to) {
    int digit = Starts.nextDigit(text, Math.max(0, from));
    return digit >= 0 && digit < to;
  }
}
