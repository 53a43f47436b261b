package dev.pipeline.data.redact;

import dev.pipeline.data.text.WordList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The word lists behind the search for names. A word is looked up once, for all lists together but
 * the long English one: the search asks many questions of few words.
 */
final class PersonLexicon {
  private static final int GIVEN_NAME = 1;
  private static final int NOT_NAME = 1 << 1;
  private static final int TITLE = 1 << 2;
  private static final int PARTICLE = 1 << 3;
  private static final int ROLE = 1 << 4;
  private static final int CUE_AFTER = 1 << 5;
  private static final int THING = 1 << 6;
  private static final int FOREIGN = 1 << 7;
  private static final int PLACE_PREPOSITION = 1 << 8;
  private static final int AMBIGUOUS_PREPOSITION = 1 << 9;
  private static final int MESSAGE = 1 << 10;
  private static final int PLACE_OPENER = 1 << 11;
  private static final int DETERMINER = 1 << 12;

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

  private static final Map<String, Integer> MARKS = marks();
  private static final WordSet PACKED = new WordSet(MARKS.keySet());
  private static final int[] PACKED_MARKS = packedMarks();

  private PersonLexicon() {}

  /** What the lists say of {@code token}, for the questions below. */
  static int marks(Token token) {
    if (token.packed() == PackedWord.NONE) {
      return MARKS.getOrDefault(token.folded(), 0);
    }
    int place = PACKED.placeOf(token.packed());
    return place < 0 ? 0 : PACKED_MARKS[place];
  }

  static boolean english(Token token) {
    return EnglishWords.contains(token);
  }

  static boolean givenName(Token token) {
    return token.isMarked(GIVEN_NAME);
  }

  /** Also in the plural. */
  static boolean notName(Token token) {
    return token.isMarked(NOT_NAME);
  }

  static boolean title(Token token) {
    return token.isMarked(TITLE);
  }

  static boolean particle(Token token) {
    return token.isMarked(PARTICLE);
  }

  static boolean role(Token token) {
    return token.isMarked(ROLE);
  }

  static boolean cueAfter(Token token) {
    return token.isMarked(CUE_AFTER);
  }

  static boolean thing(Token token) {
    return token.isMarked(THING);
  }

  static boolean placePreposition(Token token) {
    return token.isMarked(PLACE_PREPOSITION);
  }

  /** Said of people and places alike: "six pages from Kvetoslav", "lorries from Raufoss". */
  static boolean ambiguousPreposition(Token token) {
    return token.isMarked(AMBIGUOUS_PREPOSITION);
  }

  /** What comes from or goes to a person: "the sheet from Okello", "I read it to Agnieszka". */
  static boolean message(Token token) {
    return token.isMarked(MESSAGE);
  }

  /** The first word of many places, also of those that bear a person's name. */
  static boolean opensPlace(Token token) {
    return token.isMarked(PLACE_OPENER);
  }

  /** What counts or points at a thing: "the Corvane tool", "two Hermle cells". */
  static boolean determiner(Token token) {
    return token.isMarked(DETERMINER) || Character.isDigit(token.first());
  }

  /** A word of another language, in which capital letters may mean less. */
  static boolean foreign(Token token) {
    return token.isMarked(FOREIGN) || (Character.isLowerCase(token.first()) && !english(token));
  }

  private static Map<String, Integer> marks() {
    Map<String, Integer> marks = new HashMap<>();
    mark(marks, GIVEN_NAME, list("given-names.txt"));
    Set<String> notNames = list("not-names.txt");
    mark(marks, NOT_NAME, notNames);
    mark(marks, NOT_NAME, notNames.stream().map(word -> word + "s").toList());
    mark(marks, TITLE, Names.TITLES);
    mark(marks, PARTICLE, Names.PARTICLES);
    mark(marks, ROLE, list("roles.txt"));
    mark(marks, CUE_AFTER, list("person-cues-after.txt"));
    mark(marks, THING, list("things.txt"));
    mark(marks, FOREIGN, list("foreign-words.txt"));
    mark(marks, PLACE_PREPOSITION, PLACE_PREPOSITIONS);
    mark(marks, AMBIGUOUS_PREPOSITION, AMBIGUOUS_PREPOSITIONS);
    mark(marks, MESSAGE, MESSAGES);
    mark(marks, PLACE_OPENER, PLACE_OPENERS);
    mark(marks, DETERMINER, DETERMINERS);
    mark(marks, DETERMINER, Amounts.smallNumbers());
    return marks;
  }

  private static int[] packedMarks() {
    int[] packed = new int[PACKED.places()];
    MARKS.forEach(
        (word, marks) -> {
          long one = PackedWord.of(word, 0, word.length());
          if (one != PackedWord.NONE) {
            packed[PACKED.placeOf(one)] = marks;
          }
        });
    return packed;
  }

  private static void mark(Map<String, Integer> marks, int list, Collection<String> words) {
    words.forEach(word -> marks.merge(word, list, (one, other) -> one | other));
  }

  private static Set<String> list(String name) {
    return WordList.folded(PersonLexicon.class, name);
  }
}
