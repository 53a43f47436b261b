package dev.pipeline.data.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The redaction policy: which kinds are looked for, together. */
public final class Redactors {
  /**
   * Version of the policy, part of every dataset's identity. Raise it with any change that can
   * change what is found or what replaces it.
   */
  public static final String VERSION = "redaction-4";

  private final List<Redactor> redactors;
  private final Optional<PriceRedactor> prices;
  private final Optional<PersonRedactor> people;

  private Redactors(
      List<Redactor> redactors, Optional<PriceRedactor> prices, Optional<PersonRedactor> people) {
    this.redactors = List.copyOf(redactors);
    this.prices = prices;
    this.people = people;
  }

  /**
   * Everything that is redacted from a dataset.
   *
   * @param personas names that are no person's, such as the product's own; they stay
   */
  public static Redactors all(Set<String> personas) {
    List<Redactor> redactors = new ArrayList<>(formal());
    redactors.add(new CompanyRedactor());
    return new Redactors(
        redactors, Optional.of(new PriceRedactor()), Optional.of(new PersonRedactor(personas)));
  }

  /**
   * What has a form of its own, so that a find is a find even without a conversation around it; for
   * judging single answers.
   */
  public static Redactors formalOnly() {
    return new Redactors(formal(), Optional.of(new PriceRedactor()), Optional.empty());
  }

  /** Finds nothing: for control runs, which learn what redaction would have hidden. */
  public static Redactors none() {
    return new Redactors(List.of(), Optional.empty(), Optional.empty());
  }

  private static List<Redactor> formal() {
    return List.of(
        new EmailRedactor(),
        new IbanRedactor(),
        new CardRedactor(),
        new PhoneRedactor(),
        new AddressRedactor());
  }

  /**
   * What a search found.
   *
   * @param spans no overlaps, the longest find wins, in order
   * @param prices all prices that were found, those that are no span of their own among them
   */
  record Found(List<Span> spans, List<Price> prices) {}

  /** What is to be redacted in {@code text}: no overlaps, the longest find wins, in order. */
  public List<Span> find(String text, Identities known) {
    return search(text, known, new NameParts(known.parts())).spans();
  }

  /**
   * The same, with what the prices amount to.
   *
   * @param parts folded parts of the known people's names, which one conversation's texts share
   */
  Found search(String text, Identities known, NameParts parts) {
    List<Span> spans = new ArrayList<>();
    if (prices.isEmpty() && people.isEmpty() && redactors.isEmpty()) {
      return new Found(spans, List.of());
    }
    Tokens tokens = Tokens.of(text);
    boolean digits = Starts.nextDigit(text, 0) >= 0;
    for (Redactor redactor : redactors) {
      if (digits || !redactor.needsDigits()) {
        spans.addAll(redactor.find(text, known));
      }
    }
    List<Price> amounts = prices.map(search -> search.prices(text, tokens)).orElse(List.of());
    for (Price price : amounts) {
      spans.add(price.span());
    }
    people.ifPresent(search -> spans.addAll(search.find(tokens, parts, addresses(spans))));
    return new Found(Span.merge(spans), amounts);
  }

  private static List<Span> addresses(List<Span> spans) {
    if (spans.isEmpty()) {
      return spans;
    }
    return spans.stream()
        .filter(span -> span.kind() == EntityKind.ADDRESS || span.kind() == EntityKind.EMAIL)
        .toList();
  }
}
