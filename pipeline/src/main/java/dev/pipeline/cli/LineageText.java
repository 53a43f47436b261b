package dev.pipeline.cli;

import dev.pipeline.lineage.Walk;
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
    line(indent, place, again && !next.isEmpty() ? "  (see above)" : "");
    if (!again) {
      next.forEach(other -> tree(indent + "  ", other, side));
    }
  }

  private List<String> next(String id, Walk.Side side) {
    return walk.edges().stream()
        .filter(edge -> (side == Walk.Side.LED_TO ? edge.part() : edge.whole()).equals(id))
        .map(edge -> side == Walk.Side.LED_TO ? edge.whole() : edge.part())
        .filter(other -> place(other).side() == side)
        .toList();
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
