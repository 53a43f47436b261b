package dev.pipeline.data.redact;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The redaction of one conversation: the same entity gets the same placeholder in every text, also
 * when only a first name or another spelling of it appears. Texts must be given in the order in
 * which they were written, so that rows of one conversation number alike.
 */
public final class RedactionSession {
  private static final String DIVIDERS = " \t\n\u000b\f\r.()/-";

  private final Redactors redactors;
  private final Identities known;
  private final PersonIndex people;
  private final NameParts parts;
  private final Map<EntityKind, Map<String, Integer>> numbers = new EnumMap<>(EntityKind.class);
  private final Map<String, Integer> counts = new TreeMap<>();

  /** Starts a conversation among {@code known}. */
  public RedactionSession(Redactors redactors, Identities known) {
    this.redactors = redactors;
    this.known = known;
    this.people = new PersonIndex(known.people());
    this.parts = new NameParts(people.parts());
    known.companies().forEach(company -> number(EntityKind.COMPANY, company));
  }

  /** {@code text} with placeholders and ranges. */
  public String redact(String text) {
    Redactors.Found found = redactors.search(text, known, parts);
    if (found.spans().isEmpty()) {
      return text;
    }
    Map<Span, Price> prices = new HashMap<>();
    found.prices().forEach(price -> prices.putIfAbsent(price.span(), price));
    StringBuilder redacted = new StringBuilder(text.length());
    int at = 0;
    for (Span span : found.spans()) {
      redacted.append(text, at, span.start()).append(replacement(text, span, prices));
      at = span.end();
      counts.merge(span.kind().word(), 1, Integer::sum);
    }
    return redacted.append(text, at, text.length()).toString();
  }

  /** How many finds of each kind were replaced so far. */
  public Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  private String replacement(String text, Span span, Map<Span, Price> prices) {
    return switch (span.kind()) {
      case PRICE -> Objects.requireNonNull(prices.get(span), "a price without its amount").range();
      case PERSON -> EntityKind.PERSON.placeholder(people.number(span.in(text)));
      default -> span.kind().placeholder(number(span.kind(), span.in(text)));
    };
  }

  private int number(EntityKind kind, String entity) {
    Map<String, Integer> ofKind = numbers.computeIfAbsent(kind, any -> new HashMap<>());
    return ofKind.computeIfAbsent(key(entity), any -> ofKind.size() + 1);
  }

  /** Case and what divides numbers do not matter. */
  private static String key(String entity) {
    String folded = Finds.lowerInPlace(entity);
    StringBuilder key = new StringBuilder(folded.length());
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (DIVIDERS.indexOf(c) < 0) {
        key.append(c);
      }
    }
    return key.toString();
  }
}
