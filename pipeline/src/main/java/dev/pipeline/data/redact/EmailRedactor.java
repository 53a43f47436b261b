package dev.pipeline.data.redact;

import com.google.re2j.Pattern;
import java.util.List;

/**
 * E-mail addresses, in practice's subset of RFC 5322: {@code anneli.oja+po@tallinn-valu.example}.
 */
final class EmailRedactor implements Redactor {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[\\p{L}\\p{N}][\\p{L}\\p{N}._%+'-]*@[\\p{L}\\p{N}-]+(?:\\.[\\p{L}\\p{N}-]+)*\\.\\p{L}{2,}");

  @Override
  public List<Span> find(String text, Identities known) {
    return Finds.all(ADDRESS, text, EntityKind.EMAIL);
  }
}
