package dev.pipeline.data.redact;

import dev.pipeline.data.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Names of people. Known ones, from structured fields, wherever they recur; others by what stands
 * around a capitalised word that no dictionary knows: a title, a word that is said of people, a
 * role. Places, products and months must survive, so a doubtful word stays.
 */
final class PersonRedactor implements Redactor {
  private final NameParts personas;
  private final Redactor postal = new AddressRedactor();
  private final Redactor electronic = new EmailRedactor();

  /**
   * A search that leaves {@code personas} alone.
   *
   * @param personas names that are no person's
   */
  PersonRedactor(Set<String> personas) {
    Set<String> folded = new HashSet<>();
    personas.forEach(persona -> folded.add(Words.fold(persona)));
    this.personas = new NameParts(Set.copyOf(folded));
  }

  @Override
  public List<Span> find(String text, Identities known) {
    List<Span> addresses = new ArrayList<>(postal.find(text, known));
    addresses.addAll(electronic.find(text, known));
    return find(Tokens.of(text), new NameParts(known.parts()), addresses);
  }

  /**
   * The same where more is known.
   *
   * @param tokens the text's words
   * @param known folded parts of known names
   * @param addresses postal and electronic ones, which have been found before
   */
  List<Span> find(Tokens tokens, NameParts known, List<Span> addresses) {
    NameSearch search = new NameSearch(tokens, token -> inside(token, addresses), personas, known);
    List<Span> spans = new ArrayList<>(search.spans());
    // A name that its context gave away once is known in the rest of the text.
    if (search.learn()) {
      spans.addAll(search.spans());
    }
    return spans.size() < 2 ? spans : spans.stream().distinct().toList();
  }

  /** Streets and towns in an address are no people, and must not become known as such. */
  private static boolean inside(Token token, List<Span> addresses) {
    for (int i = 0; i < addresses.size(); i++) {
      Span address = addresses.get(i);
      if (address.start() <= token.start() && token.end() <= address.end()) {
        return true;
      }
    }
    return false;
  }
}
