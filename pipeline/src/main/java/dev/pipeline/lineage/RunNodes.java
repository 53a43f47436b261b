package dev.pipeline.lineage;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.RunKey;
import dev.pipeline.jobs.RunManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Finished runs, what went into them and what they made. Their small files are looked at in any
 * case: one that was changed may be what hides a part of the way.
 */
final class RunNodes {
  private static final String INGREDIENTS = "run.json";
  private static final String OUTPUT = "output ";
  private static final String INPUT = "input ";

  private final Places places;
  private final Graph graph;
  private final Products products;
  private final List<Evidence> always = new ArrayList<>();
  private final Map<String, String> makers = new HashMap<>();

  RunNodes(Places places, Graph graph) {
    this.places = places;
    this.graph = graph;
    this.products = new Products(places, graph);
  }

  /** Adds all; returns what is to be looked at whatever the way. */
  List<Evidence> add() {
    List<Finished> runs = new ArrayList<>();
    for (Path folder : Places.folders(places.workspace().runs())) {
      if (Files.isRegularFile(folder.resolve(RunManifest.FILE))) {
        always.add(manifestEvidence(folder));
        always.add(ingredientsEvidence(folder));
        read(folder).ifPresent(runs::add);
      }
    }
    runs.forEach(this::made);
    runs.forEach(this::needed);
    return always;
  }

  /** A run with what it was made of. */
  private record Finished(Path folder, RunManifest manifest, Map<String, String> ingredients) {
    String id() {
      return RunNodes.id(folder);
    }
  }

  static String id(Path folder) {
    return Node.idOf(Kind.RUN, String.valueOf(folder.getFileName()));
  }

  /** What {@code run} left, as nodes of their own or as evidence of the run. */
  private void made(Finished run) {
    RunManifest manifest = run.manifest();
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(manifestEvidence(run.folder()));
    evidence.add(ingredientsEvidence(run.folder()));
    manifest
        .outputs()
        .forEach(
            (name, output) -> {
              Optional<String> node = products.node(run.id(), manifest, name, output);
              node.ifPresent(id -> graph.edge(run.id(), id));
              // A package is more files than those that have a name of their own.
              boolean parts = node.isEmpty() || name.equals("package");
              if (parts && Products.isKept(manifest.job(), name)) {
                evidence.addAll(Products.evidence(output, run.folder()));
              }
              if (Products.isKept(manifest.job(), name)) {
                makers.put(output.sha256(), node.orElse(run.id()));
              }
            });
    graph.add(
        new Node(
            run.id(),
            Kind.RUN,
            manifest.job() + " " + run.folder().getFileName() + sample(run),
            Map.of(
                "job", manifest.job(),
                "key", manifest.key(),
                "path", run.folder().toString(),
                "summary", manifest.summary()),
            evidence));
  }

  /** A training with max_rows does not learn from every row of its dataset. */
  private static String sample(Finished run) {
    String settings =
        switch (run.manifest().job()) {
          case "sft" -> run.ingredients().getOrDefault("settings SftConfig", "{}");
          case "dpo" -> run.ingredients().getOrDefault("settings DpoConfig", "{}");
          default -> "{}";
        };
    int most = Json.parse(settings, JsonNode.class, run.id()).path("max_rows").asInt(0);
    return most > 0 ? ", the first " + most + " rows that fit" : "";
  }

  /** What went into {@code run}. */
  private void needed(Finished run) {
    run.ingredients()
        .forEach(
            (name, sha256) -> {
              if (name.startsWith(OUTPUT) && Products.isPassedOn(name)) {
                graph.input(makers.getOrDefault(sha256, Node.idOf(Kind.RUN, sha256)), run.id());
              } else if (name.equals("input base")) {
                graph.input(products.base(sha256, run.ingredients(), run.folder()), run.id());
              } else if (name.startsWith(INPUT) && name.endsWith(".jsonl")) {
                graph.input(
                    new DatasetNodes(places, graph)
                        .raw(
                            name.substring(INPUT.length()),
                            sha256,
                            run.folder().resolve(INGREDIENTS)),
                    run.id());
              }
            });
  }

  private Optional<Finished> read(Path folder) {
    try {
      return Optional.of(
          new Finished(folder, manifest(folder), ingredients(folder.resolve(INGREDIENTS))));
    } catch (Failure broken) {
      // Reported with what is looked at always.
      return Optional.empty();
    }
  }

  private static RunManifest manifest(Path folder) {
    Path file = folder.resolve(RunManifest.FILE);
    return Json.parse(Evidence.text(file), RunManifest.class, file.toString());
  }

  private static Map<String, String> ingredients(Path file) {
    return ingredients(Evidence.text(file), file);
  }

  private static Map<String, String> ingredients(String text, Path file) {
    Map<String, String> ingredients = new TreeMap<>();
    Map<?, ?> read = Json.parse(text, Map.class, file.toString());
    read.forEach((key, value) -> ingredients.put(String.valueOf(key), String.valueOf(value)));
    return ingredients;
  }

  private static Evidence manifestEvidence(Path folder) {
    Path file = folder.resolve(RunManifest.FILE);
    return Evidence.json(
        file,
        "its seal",
        text -> Json.parse(text, RunManifest.class, file.toString()),
        manifest ->
            manifest.sealFits() && manifest.key().startsWith(folder.getFileName().toString())
                ? Optional.empty()
                : Optional.of("is not what the run wrote: its seal does not fit"));
  }

  private static Evidence ingredientsEvidence(Path folder) {
    Path file = folder.resolve(INGREDIENTS);
    return Evidence.json(
        file,
        "the run's key",
        text -> ingredients(text, file),
        ingredients -> {
          RunManifest manifest;
          try {
            manifest = manifest(folder);
          } catch (Failure broken) {
            return Optional.empty();
          }
          return RunKey.of(manifest.job(), ingredients).value().equals(manifest.key())
              ? Optional.empty()
              : Optional.of("is not what the run was made of: its key would be another");
        });
  }
}
