package dev.pipeline.cli;

import dev.pipeline.lineage.Walk;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A walk as two trees: what the subject came of, and what came of it. */
final class LineageText {
  private static final int SHORT = 12;

  private final Walk walk;
  private final StringBuilder text = new StringBuilder();
  private final Map<String, Walk.Place> places = new HashMap<>();
  private final Set<String> shown = new HashSet<>();
  private final Map<String, Integer> reaches = new HashMap<>();

  private LineageText(Walk walk) {
    this.walk = walk;
    walk.nodes().forEach(place -> places.put(place.id(), place));
  }

  static String of(Walk walk) {
    LineageText lines = new LineageText(walk);
    lines.line("", lines.place(walk.subject()));
    lines.side("came of", Walk.Side.CAME_OF);
    lines.side("led to", Walk.Side.LED_TO);
    lines.verdict();
    return lines.text.toString();
  }

  private void side(String heading, Walk.Side side) {
    shown.clear();
    text.append(heading).append('\n');
    List<String> first = next(walk.subject(), side);
    if (first.isEmpty()) {
      text.append("  nothing known\n");
    }
    first.forEach(id -> tree("  ", id, side));
  }

  private void tree(String indent, String id, Walk.Side side) {
    Walk.Place place = place(id);
    boolean again = !shown.add(id);
    List<String> next = next(id, side);
    line(indent, place, again ? next.isEmpty() ? "" : "  (see above)" : besides(id, side));
    if (!again) {
      next.forEach(other -> tree(indent + "  ", other, side));
    }
  }

  /** What the subject came of and what came of the subject were made of alike. */
  private String besides(String id, Walk.Side side) {
    List<String> parts =
        walk.edges().stream()
            .filter(edge -> side == Walk.Side.LED_TO && edge.whole().equals(id))
            .map(edge -> place(edge.part()))
            .filter(part -> part.side() == Walk.Side.CAME_OF)
            .map(part -> part.kind().word() + " " + Printable.of(part.title()))
            .toList();
    return parts.isEmpty() ? "" : "  (and of " + String.join(", ", parts) + ")";
  }

  /** The one with the longer way first, so that what it has in common with others is on it. */
  private List<String> next(String id, Walk.Side side) {
    return walk.edges().stream()
        .filter(edge -> (side == Walk.Side.LED_TO ? edge.part() : edge.whole()).equals(id))
        .map(edge -> side == Walk.Side.LED_TO ? edge.whole() : edge.part())
        .filter(other -> place(other).side() == side)
        .distinct()
        .sorted(Comparator.comparing(other -> -reach(other, side)))
        .toList();
  }

  /** How many lie beyond {@code id}; fewer than beyond any that leads to it. */
  private int reach(String id, Walk.Side side) {
    Integer known = reaches.get(id);
    if (known == null) {
      Set<String> seen = new HashSet<>();
      Deque<String> open = new ArrayDeque<>(List.of(id));
      while (!open.isEmpty()) {
        String at = open.removeFirst();
        for (Walk.Edge edge : walk.edges()) {
          String from = side == Walk.Side.LED_TO ? edge.part() : edge.whole();
          String to = side == Walk.Side.LED_TO ? edge.whole() : edge.part();
          if (from.equals(at) && place(to).side() == side && seen.add(to)) {
            open.addLast(to);
          }
        }
      }
      known = seen.size();
      reaches.put(id, known);
    }
    return known;
  }

  private Walk.Place place(String id) {
    Walk.Place place = places.get(id);
    if (place == null) {
      throw new IllegalStateException("an edge to nowhere: " + id);
    }
    return place;
  }

  private void line(String indent, Walk.Place place, String... more) {
    String value = place.id().substring(place.id().indexOf(':') + 1);
    boolean hex = value.length() > SHORT && !place.title().contains(value);
    text.append(indent)
        .append(String.format(Locale.ROOT, "%-8s  ", place.kind().word()))
        .append(Printable.of(place.title()))
        .append(hex ? "  " + value.substring(0, SHORT) : "")
        .append(String.join("", more))
        .append('\n');
  }

  private void verdict() {
    for (var damage : walk.damaged()) {
      text.append("CHANGED  ")
          .append(Printable.of(damage.path()))
          .append(' ')
          .append(Printable.of(damage.fault()))
          .append('\n');
    }
    if (walk.verified() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d files looked at (%s), %s%n",
              walk.verified(),
              Bytes.text(walk.bytes()),
              walk.damaged().isEmpty() ? "all as they were" : walk.damaged().size() + " changed"));
    }
  }
}
