package dev.pipeline.data.redact;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The redaction of one conversation: the same entity gets the same placeholder in every text, also
 * when only a first name or another spelling of it appears. Texts must be given in the order in
 * which they were written, so that rows of one conversation number alike.
 */
public final class RedactionSession {
  private final Redactors redactors;
  private final Identities known;
  private final PersonIndex people;
  private final PriceRedactor prices = new PriceRedactor();
  private final Map<EntityKind, Map<String, Integer>> numbers = new EnumMap<>(EntityKind.class);
  private final Map<String, Integer> counts = new TreeMap<>();

  /** Starts a conversation among {@code known}. */
  public RedactionSession(Redactors redactors, Identities known) {
    this.redactors = redactors;
    this.known = known;
    this.people = new PersonIndex(known.people());
    known.companies().forEach(company -> number(EntityKind.COMPANY, company));
  }

  /** {@code text} with placeholders and ranges. */
  public String redact(String text) {
    StringBuilder redacted = new StringBuilder(text.length());
    int at = 0;
    Map<Span, String> ranges = Map.of();
    for (Span span : redactors.find(text, known)) {
      if (span.kind() == EntityKind.PRICE && ranges.isEmpty()) {
        ranges = prices.ranges(text);
      }
      redacted.append(text, at, span.start()).append(replacement(text, span, ranges));
      at = span.end();
      counts.merge(span.kind().word(), 1, Integer::sum);
    }
    return redacted.append(text.substring(at)).toString();
  }

  /** How many finds of each kind were replaced so far. */
  public Map<String, Integer> counts() {
    return new TreeMap<>(counts);
  }

  private String replacement(String text, Span span, Map<Span, String> ranges) {
    return switch (span.kind()) {
      case PRICE -> Objects.requireNonNull(ranges.get(span), "a price without its range");
      case PERSON -> EntityKind.PERSON.placeholder(people.number(span.in(text)));
      default -> span.kind().placeholder(number(span.kind(), span.in(text)));
    };
  }

  private int number(EntityKind kind, String entity) {
    Map<String, Integer> ofKind = numbers.computeIfAbsent(kind, any -> new HashMap<>());
    String key = entity.toLowerCase(Locale.ROOT).replaceAll("[\\s.()/-]", "");
    return ofKind.computeIfAbsent(key, any -> ofKind.size() + 1);
  }
}
