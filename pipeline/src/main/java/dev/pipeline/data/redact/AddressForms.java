package dev.pipeline.data.redact;

import java.util.List;
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

  private static final String UNIT =
      "(?:(?:Unit|Flat|Suite|Studio|Plot|Lot|Yard|Gate|Dock|Bay|Hall|Building|Block|Floor|"
          + "Apartment|Office|Shed|Warehouse|Polígono|Halle|Tor|Bât\\.) [0-9A-Z]{1,4},? )";
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
  private static final String STREET_PREFIX =
      "(?:[Rr]ue|[Aa]venue|[Aa]v\\.|[Bb]oulevard|[Pp]lace|[Qq]uai|[Vv]enelle|[Cc]hemin|[Ii]mpasse|"
          + "Calle|Carrer|Avenida|Paseo|Plaza|Polígono|Camino|Via|Viale|Piazza|Corso|Rua|Travessa|"
          + "ul\\.|[Uu]lica|al\\.|Strada|Str\\.|Bulevardul|Am|An der|Luka|Jalan|Jl\\.)";

  /** Hungarian, Turkish and Czech streets carry it as a word of its own. */
  private static final String STREET_WORD =
      "(?:utca|út|tér|Sokak|Sk\\.|Caddesi|Cad\\.|ulice|náměstí)";

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

  /** Streets that need a postcode behind them to be taken for an address. */
  private static final List<String> STREETS =
      List.of(
          UNIT + "?" + NUMBER + " " + NAME + " " + ENGLISH_STREET,
          UNIT + "?" + NAME + " " + ENGLISH_STREET,
          UNIT + NAME,
          UNIT + "?(?:" + CAPITAL + " )?" + STREET_SUFFIX + " " + NUMBER,
          STREET_PREFIX + " (?:" + JOINING + " |d['’]|l['’])?" + NAME + "(?:,? " + NUMBER + ")?",
          NUMBER + ",? " + STREET_PREFIX + " (?:" + JOINING + " |d['’]|l['’])?" + NAME,
          NAME + " " + STREET_WORD + " " + NUMBER,
          NAME + ", " + NAME + " " + ENGLISH_STREET);

  /** Streets so plain that a town, or nothing, may follow. */
  private static final List<String> COMPLETE =
      List.of(
          UNIT + NAME + " " + ENGLISH_STREET + "(?:, " + TOWN + ")?",
          NUMBER + " " + NAME + " (?:Street|Road|Lane|Avenue|Boulevard)\\b(?:, " + TOWN + ")?",
          UNIT + "?" + STREET_SUFFIX + " " + NUMBER + "(?: (?:in|at) " + TOWN + "|, " + TOWN + ")");

  private AddressForms() {}

  /** Forms that end in a postcode with its town. */
  static List<String> withPostcode() {
    return Stream.concat(
            STREETS.stream().map(street -> street + TAIL),
            Stream.of(NAME + " " + NUMBER + ", " + POSTCODE + " " + TOWN))
        .toList();
  }

  /** Forms that need none. */
  static List<String> complete() {
    return COMPLETE;
  }

  /** What {@link #complete} forms contain at least one of, followed or preceded by a number. */
  static List<String> completeHints() {
    return Stream.concat(
            ENGLISH_STREETS.stream().map(word -> " " + word), SUFFIXES.stream().map(s -> s + " "))
        .toList();
  }
}
