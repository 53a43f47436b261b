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
  public static final String VERSION = "redaction-2";

  private final List<Redactor> redactors;
  private final Optional<PersonRedactor> people;

  private Redactors(List<Redactor> redactors, Optional<PersonRedactor> people) {
    this.redactors = List.copyOf(redactors);
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
    return new Redactors(redactors, Optional.of(new PersonRedactor(personas)));
  }

  /**
   * What has a form of its own, so that a find is a find even without a conversation around it; for
   * judging single answers.
   */
  public static Redactors formalOnly() {
    return new Redactors(formal(), Optional.empty());
  }

  /** Finds nothing: for control runs, which learn what redaction would have hidden. */
  public static Redactors none() {
    return new Redactors(List.of(), Optional.empty());
  }

  private static List<Redactor> formal() {
    return List.of(
        new EmailRedactor(),
        new IbanRedactor(),
        new CardRedactor(),
        new PhoneRedactor(),
        new AddressRedactor(),
        new PriceRedactor());
  }

  /** What is to be redacted in {@code text}: no overlaps, the longest find wins, in order. */
  public List<Span> find(String text, Identities known) {
    List<Span> spans = new ArrayList<>();
    for (Redactor redactor : redactors) {
      spans.addAll(redactor.find(text, known));
    }
    people.ifPresent(search -> spans.addAll(search.find(text, known, addresses(spans))));
    return Span.merge(spans);
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
