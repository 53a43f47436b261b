package dev.pipeline.data.redact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Numbers people: two mentions that share a name are the same person. */
final class PersonIndex {
  private final List<Set<String>> people = new ArrayList<>();

  PersonIndex(List<String> names) {
    names.forEach(this::number);
  }

  /** The folded parts of all names so far. */
  Set<String> parts() {
    Set<String> parts = new HashSet<>();
    people.forEach(parts::addAll);
    return parts;
  }

  /** The number of the person called {@code mention}, from 1; a new one for a new person. */
  int number(String mention) {
    Set<String> parts = Names.parts(mention);
    for (int i = 0; i < people.size(); i++) {
      if (samePerson(people.get(i), parts)) {
        people.get(i).addAll(parts);
        return i + 1;
      }
    }
    people.add(parts);
    return people.size();
  }

  /** A shorter mention is contained in a longer one; two full names must agree fully. */
  private static boolean samePerson(Set<String> one, Set<String> other) {
    return !other.isEmpty() && (one.containsAll(other) || other.containsAll(one));
  }
}
