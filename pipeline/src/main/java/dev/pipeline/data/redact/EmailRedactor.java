package dev.pipeline.data.redact;

import dev.pipeline.data.automaton.Automaton;
import dev.pipeline.data.text.Letters;
import java.util.List;

/**
 * E-mail addresses, in practice's subset of RFC 5322: {@code anneli.oja+po@tallinn-valu.example}.
 */
final class EmailRedactor implements Redactor {
  private static final Automaton ADDRESS =
      Automaton.of(
          "[\\p{L}\\p{N}][\\p{L}\\p{N}._%+'-]*@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)*\\.\\p{L}{2,}");

  @Override
  public List<Span> find(String text, Identities known) {
    return Finds.all(ADDRESS, EmailRedactor::start, text, EntityKind.EMAIL);
  }

  /** Where the characters begin that may stand before the next at sign. */
  private static int start(String text, int from) {
    int at = text.indexOf('@', from);
    if (at < 0) {
      return -1;
    }
    int start = at;
    while (start > from && (Letters.isLetterOrNumber(text, start - 1) || isMark(text, start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isMark(String text, int at) {
    return "._%+'-".indexOf(text.charAt(at)) >= 0 || Character.isSurrogate(text.charAt(at));
  }
}
