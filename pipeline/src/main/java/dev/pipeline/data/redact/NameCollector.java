package dev.pipeline.data.redact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds every person of a conversation, in order of appearance, so that rows number them alike. */
public final class NameCollector {
  private final PersonRedactor redactor;
  private final Set<String> personaParts = new HashSet<>();

  /** A collector that takes {@code personas} for no person's name. */
  public NameCollector(Set<String> personas) {
    this.redactor = new PersonRedactor(personas);
    personas.forEach(persona -> personaParts.addAll(Names.parts(persona)));
  }

  /**
   * The names in {@code structured} fields and those that {@code texts} reveal beyond them.
   *
   * @param texts a conversation's turns in order
   */
  public List<String> collect(List<String> structured, List<String> texts) {
    List<String> names = new ArrayList<>();
    structured.stream()
        .filter(name -> !personaParts.containsAll(Names.parts(name)))
        .forEach(names::add);
    for (String text : texts) {
      Identities soFar = new Identities(names, List.of());
      for (Span span : redactor.find(text, soFar)) {
        names.add(span.in(text));
      }
    }
    return names.stream().map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
  }
}
