package dev.pipeline.lineage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What was made of what; arrows point from the part to the whole. */
final class Graph {
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Map<String, Set<String>> next = new LinkedHashMap<>();
  private final Map<String, Set<String>> before = new LinkedHashMap<>();
  private final Map<String, Set<String>> inputs = new HashMap<>();

  /** Adds {@code node}; one that is known learns the other's facts and evidence. */
  void add(Node node) {
    nodes.merge(
        node.id(),
        node,
        (known, more) -> {
          Map<String, String> facts = new TreeMap<>(more.facts());
          facts.putAll(known.facts());
          List<Evidence> evidence = new ArrayList<>(known.evidence());
          evidence.addAll(more.evidence());
          return new Node(known.id(), known.kind(), known.title(), facts, evidence);
        });
  }

  /** {@code part} went into {@code whole}. */
  void edge(String part, String whole) {
    if (!part.equals(whole)) {
      next.computeIfAbsent(part, any -> new LinkedHashSet<>()).add(whole);
      before.computeIfAbsent(whole, any -> new LinkedHashSet<>()).add(part);
    }
  }

  /** The manifest of {@code run} says that it read {@code part}: always told, never a detour. */
  void input(String part, String run) {
    edge(part, run);
    inputs.computeIfAbsent(run, any -> new HashSet<>()).add(part);
  }

  Optional<Node> node(String id) {
    return Optional.ofNullable(nodes.get(id));
  }

  Collection<Node> nodes() {
    return nodes.values();
  }

  /** What {@code id} went into, in the order in which things are made. */
  List<Node> wholes(String id) {
    return known(next.getOrDefault(id, Set.of()));
  }

  /** What went into {@code id}. */
  List<Node> parts(String id) {
    return known(before.getOrDefault(id, Set.of()));
  }

  /** All that came of {@code id}. */
  Set<String> descendants(String id) {
    return closure(id, true);
  }

  /** All that {@code id} came of. */
  Set<String> ancestors(String id) {
    return closure(id, false);
  }

  /**
   * Whether that {@code part} went into {@code whole} follows from longer ways, so that telling it
   * is a repetition: a raw file's way into a dataset leads through the run that read it, a run's
   * way to a GGUF through the whole model. What a run's own manifest names as its input follows
   * from nothing else, and is no detour however many other ways there are.
   */
  boolean isDetour(String part, String whole) {
    return !isInput(part, whole)
        && wholes(part).stream()
            .anyMatch(
                other -> !other.id().equals(whole) && descendants(other.id()).contains(whole));
  }

  /** Whether a manifest records {@code part} as an input of {@code whole}. */
  boolean isInput(String part, String whole) {
    return inputs.getOrDefault(whole, Set.of()).contains(part);
  }

  private Set<String> closure(String start, boolean down) {
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      String id = open.removeFirst();
      for (Node node : down ? wholes(id) : parts(id)) {
        if (!node.id().equals(start) && seen.add(node.id())) {
          open.addLast(node.id());
        }
      }
    }
    return seen;
  }

  private List<Node> known(Collection<String> ids) {
    return ids.stream()
        .flatMap(id -> node(id).stream())
        .sorted(Comparator.comparing(Node::kind).thenComparing(Node::id))
        .toList();
  }
}
