package dev.pipeline.serve.page;

import dev.pipeline.lineage.Walk;
import dev.pipeline.serve.look.DatasetShelf;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A walk as a page tells it: from what was there first to what was made last, each thing after all
 * that went into it.
 */
public record Way(Walk walk, List<Stop> stops) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Comparator<Walk.Place> OLDEST_FIRST =
      Comparator.comparing(Walk.Place::kind).thenComparing(Walk.Place::title);

  static Way of(Walk walk, DatasetShelf shelf) {
    List<Walk.Place> ordered = ordered(walk);
    Map<String, Stop.Part> parts = new LinkedHashMap<>();
    for (Walk.Place place : ordered) {
      parts.put(place.id(), new Stop.Part("way-" + (parts.size() + 1), place.title()));
    }
    List<Stop> stops =
        ordered.stream().map(place -> stop(place, walk, parts, page(place, shelf))).toList();
    return new Way(walk, stops);
  }

  /** Kahn's order: a thing is next when all that went into it was told. */
  private static List<Walk.Place> ordered(Walk walk) {
    Map<String, Walk.Place> places =
        walk.nodes().stream().collect(Collectors.toMap(Walk.Place::id, place -> place));
    Set<Walk.Edge> edges = new LinkedHashSet<>(walk.edges());
    Map<String, Long> missing =
        edges.stream().collect(Collectors.groupingBy(Walk.Edge::whole, Collectors.counting()));
    PriorityQueue<Walk.Place> ready = new PriorityQueue<>(OLDEST_FIRST);
    walk.nodes().stream().filter(place -> !missing.containsKey(place.id())).forEach(ready::add);
    List<Walk.Place> ordered = new ArrayList<>();
    while (!ready.isEmpty()) {
      Walk.Place next = ready.remove();
      ordered.add(next);
      for (Walk.Edge edge : edges) {
        if (edge.part().equals(next.id()) && missing.merge(edge.whole(), -1L, Long::sum) == 0) {
          Optional.ofNullable(places.get(edge.whole())).ifPresent(ready::add);
        }
      }
    }
    return ordered;
  }

  private static Stop stop(
      Walk.Place place, Walk walk, Map<String, Stop.Part> parts, Optional<String> page) {
    return new Stop(
        part(parts, place.id()).anchor(),
        place.kind().word(),
        place.title(),
        digest(place),
        Links.lineage(place.id()),
        page.orElse(""),
        place.side() == Walk.Side.SUBJECT,
        walk.edges().stream()
            .filter(edge -> edge.whole().equals(place.id()))
            .map(edge -> part(parts, edge.part()))
            .distinct()
            .toList());
  }

  private static Stop.Part part(Map<String, Stop.Part> parts, String id) {
    return parts.getOrDefault(id, new Stop.Part("", id));
  }

  private static String digest(Walk.Place place) {
    String value = value(place);
    return switch (place.kind()) {
      case OLLAMA -> place.facts().getOrDefault("digest", "");
      case RUN -> place.facts().getOrDefault("key", "");
      default -> DIGEST.matcher(value).matches() ? value : "";
    };
  }

  private static Optional<String> page(Walk.Place place, DatasetShelf shelf) {
    return switch (place.kind()) {
      case RUN -> Optional.of("/runs/" + value(place));
      case RELEASE -> Optional.of("/releases/" + value(place));
      case PLAN -> Optional.of("/plans/" + value(place));
      case DATASET -> shelf.find(value(place)).map(Links::dataset);
      case ROW -> row(place, shelf);
      default -> Optional.empty();
    };
  }

  /** Where a row is shown among the others; those that were left out have pages by reason. */
  private static Optional<String> row(Walk.Place place, DatasetShelf shelf) {
    Path file = Path.of(place.facts().getOrDefault("file", ""));
    String part = String.valueOf(file.getFileName()).replaceFirst("\\.jsonl$", "");
    long line = Long.parseLong(place.facts().getOrDefault("line", "1"));
    return Optional.ofNullable(file.getParent())
        .flatMap(version -> shelf.find(String.valueOf(version.getFileName())))
        .map(
            dataset ->
                part.equals("rejected")
                    ? Links.dataset(dataset) + "#left-out"
                    : Links.row(dataset, part, line));
  }

  private static String value(Walk.Place place) {
    return place.id().substring(place.id().indexOf(':') + 1);
  }
}
