package dev.pipeline.data.redact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** One text's search for names: runs of capitalised words, each judged by its neighbours. */
final class NameSearch {
  private static final int REACH = 7;
  private static final int FOREIGN_SENTENCE = 2;

  private final Tokens tokens;
  private final Predicate<Token> taken;
  private final NameParts personas;
  private final NameParts known;
  private final Set<String> learnt = new HashSet<>();
  private final List<Run> found = new ArrayList<>();

  /**
   * A search among {@code tokens}.
   *
   * @param taken whether a word belongs to an address
   * @param personas folded names that are no person's
   * @param known folded parts of known names
   */
  NameSearch(Tokens tokens, Predicate<Token> taken, NameParts personas, NameParts known) {
    this.tokens = tokens;
    this.taken = taken;
    this.personas = personas;
    this.known = known;
  }

  /** Tokens {@code first} to {@code last}, inclusive. */
  private record Run(int first, int last) {}

  /** The names, titles included. */
  List<Span> spans() {
    found.clear();
    int at = 0;
    while (at < tokens.size()) {
      if (!tokens.capitalised(at) || !nameLike(tokens.get(at))) {
        at++;
        continue;
      }
      Run run = runFrom(at);
      Run name = trimmed(run);
      if (name.first <= name.last && isPerson(name)) {
        found.add(name);
      }
      at = run.last + 1;
    }
    List<Span> spans = new ArrayList<>(found.size());
    for (Run name : found) {
      spans.add(span(name));
    }
    return spans;
  }

  /** Makes the names found so far known; tells whether that is news. */
  boolean learn() {
    boolean news = false;
    for (Run run : found) {
      for (int i = run.first; i <= run.last; i++) {
        Token token = tokens.get(i);
        if (token.capitalised()
            && !token.initial()
            && !PersonLexicon.english(token)
            && !PersonLexicon.title(token)) {
          news |= !knows(token) && learnt.add(token.folded());
        }
      }
    }
    return news;
  }

  private Span span(Run run) {
    int first = run.first;
    while (first > 0 && titleBefore(first)) {
      first--;
    }
    return new Span(EntityKind.PERSON, tokens.get(first).start(), tokens.get(run.last).end());
  }

  private boolean titleBefore(int index) {
    return index > 0
        && tokens.get(index).continues()
        && PersonLexicon.title(tokens.get(index - 1))
        && (tokens.get(index).followsSpace() || abbreviation(tokens.get(index - 1)));
  }

  private static boolean abbreviation(Token title) {
    return title.capitalised() && title.length() <= Names.LONGEST_ABBREVIATION;
  }

  /** The longest run of name-like words from {@code at}, which is one. */
  private Run runFrom(int at) {
    int last = at;
    while (!tokens.get(last).possessive()) {
      int next = last + 1;
      while (next < tokens.size()
          && tokens.get(next).continues()
          && PersonLexicon.particle(tokens.get(next))) {
        next++;
      }
      if (next >= tokens.size()
          || !tokens.get(next).continues()
          || !nameLike(tokens.get(next))
          || tokens.get(next).opensSentence()) {
        break;
      }
      last = next;
    }
    return new Run(at, last);
  }

  private boolean nameLike(Token token) {
    return token.capitalised()
        && !taken.test(token)
        && ((!token.acronym() && !token.camelCase()) || knows(token))
        && !personas.contains(token)
        && (!PersonLexicon.notName(token) || knows(token))
        && !PersonLexicon.title(token);
  }

  /** Without the ordinary words that open a sentence before a name, as in "Ask Ondřej". */
  private Run trimmed(Run run) {
    int first = run.first;
    while (first <= run.last
        && ordinary(tokens.get(first))
        && !titleBefore(first)
        && !initialOfNext(first, run.last)) {
      first++;
    }
    boolean nameInside = first <= run.last && !tokens.get(run.first).opensSentence();
    return nameInside ? run : new Run(first, run.last);
  }

  /** "Z. Hruškovicová" keeps its initial. */
  private boolean initialOfNext(int index, int last) {
    return index < last
        && tokens.get(index).initial()
        && tokens.get(index + 1).follows(". ")
        && !ordinary(tokens.get(index + 1));
  }

  private boolean ordinary(Token token) {
    return !knows(token)
        && (token.initial() || PersonLexicon.english(token))
        && !PersonLexicon.givenName(token);
  }

  private boolean knows(Token token) {
    return (known.contains(token) && !personas.contains(token))
        || (!learnt.isEmpty() && learnt.contains(token.folded()));
  }

  private boolean isPerson(Run run) {
    Token first = tokens.get(run.first);
    for (int i = run.first; i <= run.last; i++) {
      if (knows(tokens.get(i))) {
        return true;
      }
    }
    if (titleBefore(run.first) || roleBefore(run)) {
      return true;
    }
    if (followedByThing(run) || PersonLexicon.opensPlace(first)) {
      return false;
    }
    if (PersonLexicon.givenName(first)) {
      return true;
    }
    boolean foreignOpener = run.first == run.last && PersonLexicon.foreign(first);
    if (foreignOpener || foreignAround(run)) {
      return false;
    }
    return judgedByNeighbours(run, first);
  }

  private boolean judgedByNeighbours(Run run, Token first) {
    boolean several = run.last > run.first;
    if (run.first > 0 && !first.opensSentence()) {
      Token previous = tokens.get(run.first - 1);
      if (PersonLexicon.determiner(previous) || placeElsewhere(run)) {
        return false;
      }
      if (PersonLexicon.placePreposition(previous)) {
        return several && cueFollows(run);
      }
      if (PersonLexicon.ambiguousPreposition(previous)) {
        return several
            || cueFollows(run)
            || tokens.get(run.last).possessive()
            || (run.first > 1 && PersonLexicon.message(tokens.get(run.first - 2)));
      }
      return true;
    }
    return cueFollows(run) || tokens.get(run.last).possessive() || englishFollows(run);
  }

  /** A single word that stands after "in" or "near" elsewhere in the text is a place. */
  private boolean placeElsewhere(Run run) {
    String word = tokens.get(run.first).folded();
    for (int i = 1; run.first == run.last && i < tokens.size(); i++) {
      if (tokens.capitalised(i)
          && tokens.get(i).folded().equals(word)
          && PersonLexicon.placePreposition(tokens.get(i - 1))
          && !tokens.get(i).possessive()) {
        return true;
      }
    }
    return false;
  }

  private boolean englishFollows(Run run) {
    int next = run.last + 1;
    return next < tokens.size()
        && !tokens.get(next).capitalised()
        && PersonLexicon.english(tokens.get(next));
  }

  /** "my daughter Liya", "a nice man, Efosa,". */
  private boolean roleBefore(Run run) {
    return run.first > 0
        && PersonLexicon.role(tokens.get(run.first - 1))
        && tokens.get(run.first).closelyFollows();
  }

  private boolean cueFollows(Run run) {
    int next = run.last + 1;
    return next < tokens.size()
        && tokens.get(next).closelyFollows()
        && PersonLexicon.cueAfter(tokens.get(next));
  }

  private boolean followedByThing(Run run) {
    int next = run.last + 1;
    return next < tokens.size()
        && tokens.get(next).followsSpace()
        && (PersonLexicon.thing(tokens.get(next)) || Character.isDigit(tokens.get(next).first()));
  }

  private boolean foreign(Token token) {
    return !taken.test(token) && PersonLexicon.foreign(token);
  }

  private boolean foreignAround(Run run) {
    int foreign = 0;
    int from = run.first;
    while (from > 0 && run.first - from < REACH && !tokens.get(from).opensSentence()) {
      from--;
      foreign += foreign(tokens.get(from)) ? 1 : 0;
    }
    for (int i = run.last + 1; i < tokens.size() && i - run.last <= REACH; i++) {
      if (tokens.get(i).opensSentence()) {
        break;
      }
      foreign += foreign(tokens.get(i)) ? 1 : 0;
    }
    return foreign >= FOREIGN_SENTENCE;
  }
}
