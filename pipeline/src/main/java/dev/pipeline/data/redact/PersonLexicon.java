package dev.pipeline.data.redact;

import dev.pipeline.data.text.WordList;
import java.util.Set;

/** The word lists behind the search for names. */
final class PersonLexicon {
  private static final Set<String> GIVEN_NAMES = list("given-names.txt");
  private static final Set<String> NOT_NAMES = list("not-names.txt");
  private static final Set<String> ROLES = list("roles.txt");
  private static final Set<String> CUES_AFTER = list("person-cues-after.txt");
  private static final Set<String> THINGS = list("things.txt");
  private static final Set<String> FOREIGN = list("foreign-words.txt");
  private static final Set<String> PLACE_PREPOSITIONS =
      Set.of(
          "in", "at", "near", "into", "outside", "around", "across", "towards", "toward", "beyond",
          "leaving", "past", "ex", "dans", "à");
  private static final Set<String> AMBIGUOUS_PREPOSITIONS =
      Set.of("to", "from", "of", "under", "over", "off", "on", "onto");
  private static final Set<String> MESSAGES =
      Set.of(
          "thanks",
          "apologies",
          "regards",
          "credit",
          "message",
          "mail",
          "email",
          "note",
          "call",
          "word",
          "letter",
          "sheet",
          "text",
          "reply",
          "answer",
          "question",
          "signature",
          "help",
          "read",
          "spoke",
          "speak",
          "talk",
          "talked",
          "said",
          "listen",
          "belongs",
          "tough",
          "hard",
          "kind",
          "nice",
          "good",
          "fair",
          "unfair",
          "report",
          "reports",
          "reporting",
          "introduce");
  private static final Set<String> PLACE_OPENERS =
      Set.of(
          "st",
          "saint",
          "san",
          "santa",
          "sankt",
          "port",
          "fort",
          "mount",
          "lake",
          "new",
          "upper",
          "lower",
          "bad",
          "finca",
          "villa",
          "hotel",
          "hacienda",
          "puerto",
          "costa",
          "rio",
          "ras");
  private static final Set<String> DETERMINERS =
      Set.of(
          "the", "a", "an", "our", "your", "this", "these", "those", "each", "every", "any", "no",
          "some", "another", "its", "new", "old", "der", "die", "das", "la", "le");

  private PersonLexicon() {}

  static boolean english(Token token) {
    return EnglishWords.contains(token.folded());
  }

  static boolean givenName(Token token) {
    return GIVEN_NAMES.contains(token.folded());
  }

  static boolean notName(Token token) {
    String word = token.folded();
    return NOT_NAMES.contains(word)
        || (word.endsWith("s") && NOT_NAMES.contains(word.substring(0, word.length() - 1)));
  }

  static boolean title(Token token) {
    return Names.TITLES.contains(token.folded());
  }

  static boolean particle(Token token) {
    return Names.PARTICLES.contains(token.folded());
  }

  static boolean role(Token token) {
    return ROLES.contains(token.folded());
  }

  static boolean cueAfter(Token token) {
    return CUES_AFTER.contains(token.folded());
  }

  static boolean thing(Token token) {
    return THINGS.contains(token.folded());
  }

  static boolean placePreposition(Token token) {
    return PLACE_PREPOSITIONS.contains(token.folded());
  }

  /** Said of people and places alike: "six pages from Kvetoslav", "lorries from Raufoss". */
  static boolean ambiguousPreposition(Token token) {
    return AMBIGUOUS_PREPOSITIONS.contains(token.folded());
  }

  /** What comes from or goes to a person: "the sheet from Okello", "I read it to Agnieszka". */
  static boolean message(Token token) {
    return MESSAGES.contains(token.folded());
  }

  /** The first word of many places, also of those that bear a person's name. */
  static boolean opensPlace(Token token) {
    return PLACE_OPENERS.contains(token.folded());
  }

  /** What counts or points at a thing: "the Corvane tool", "two Hermle cells". */
  static boolean determiner(Token token) {
    return DETERMINERS.contains(token.folded())
        || Character.isDigit(token.text().charAt(0))
        || Amounts.isSmallNumber(token.folded());
  }

  /** A word of another language, in which capital letters may mean less. */
  static boolean foreign(Token token) {
    return FOREIGN.contains(token.folded())
        || (Character.isLowerCase(token.text().charAt(0)) && !english(token));
  }

  private static Set<String> list(String name) {
    return WordList.folded(PersonLexicon.class, name);
  }
}
