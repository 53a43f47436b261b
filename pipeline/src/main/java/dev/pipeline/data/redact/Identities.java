package dev.pipeline.data.redact;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Who takes part in a conversation, as far as its structured fields and its whole text tell.
 *
 * @param people names, in order of appearance: their numbers follow from it
 * @param companies company names from structured fields
 */
public record Identities(List<String> people, List<String> companies) {
  /** Drops blanks and repetitions. */
  public Identities {
    Objects.requireNonNull(people, "people is missing");
    Objects.requireNonNull(companies, "companies is missing");
    people = clean(people);
    companies = clean(companies);
  }

  /** What identifies the people, folded: their names without titles and particles. */
  Set<String> parts() {
    Set<String> parts = new HashSet<>();
    people.forEach(name -> parts.addAll(Names.parts(name)));
    return parts;
  }

  /** Nobody is known. */
  public static Identities none() {
    return new Identities(List.of(), List.of());
  }

  private static List<String> clean(List<String> names) {
    return names.stream().map(String::strip).filter(name -> !name.isEmpty()).distinct().toList();
  }
}
