package dev.pipeline.lineage;

import dev.pipeline.io.Json;
import dev.pipeline.jobs.RunManifest;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.release.Release;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What runs make, each as the kind of thing that it is. */
final class Products {
  /** Copies for people, and links to what serves now: the next run has others there. */
  private static final Set<String> PASSING =
      Set.of("current", "latest", "release gguf", "release modelfile");

  private static final String GGUF = ".gguf";
  private static final String WHOLE = "-F16.gguf";

  private final Places places;
  private final Graph graph;

  Products(Places places, Graph graph) {
    this.places = places;
    this.graph = graph;
  }

  /** Whether the output {@code name} of {@code job} stays as the run left it. */
  static boolean isKept(String job, String name) {
    return !PASSING.contains(name) && !PASSING.contains(job + " " + name);
  }

  /** Whether the ingredient {@code name} is a thing of its own, and no second name of one. */
  static boolean isPassedOn(String name) {
    return !name.endsWith(" current") && !name.endsWith(" latest") && !name.endsWith(" package");
  }

  /** The files of {@code output}, as the manifest in {@code run} recorded them. */
  static List<Evidence> evidence(RunManifest.Output output, Path run) {
    String by = run.resolve(RunManifest.FILE).toString();
    Path path = Path.of(output.path());
    if (output.files().isEmpty()) {
      return List.of(Evidence.digest(path, output.sha256(), by));
    }
    List<Evidence> evidence = new ArrayList<>();
    output
        .files()
        .forEach((name, sha256) -> evidence.add(Evidence.digest(path.resolve(name), sha256, by)));
    return evidence;
  }

  /** Adds the output as a node of its own, where it is more than a part of the run. */
  Optional<String> node(String run, RunManifest manifest, String name, RunManifest.Output output) {
    Path folder = places.workspace().runs().resolve(run.substring(run.indexOf(':') + 1));
    return switch (manifest.job() + " " + name) {
      case "sft adapter", "dpo adapter" ->
          Optional.of(
              add(Kind.ADAPTER, output.sha256(), manifest.job(), output, evidence(output, folder)));
      case "curate dataset", "preferences dataset" -> Optional.of(dataset(output, folder));
      case "package package" -> Optional.of(staged(run, output, folder));
      case "package served", "baseline gguf" ->
          Optional.of(
              add(
                  Kind.GGUF,
                  output.sha256(),
                  String.valueOf(Path.of(output.path()).getFileName()),
                  output,
                  evidence(output, folder)));
      case "release release" -> release(Path.of(output.path()));
      case "release registration" -> registration(Path.of(output.path()), manifest);
      case "plan plan" -> plan(output, folder);
      default -> Optional.empty();
    };
  }

  /** The base model of a run, by its digest. */
  String base(String sha256, Map<String, String> ingredients, Path run) {
    String id = Node.idOf(Kind.BASE, sha256);
    String path =
        ingredients.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("settings "))
            .map(entry -> Json.parse(entry.getValue(), JsonNode.class, run.toString()))
            .map(settings -> settings.path("base_model").asString(""))
            .filter(model -> !model.isEmpty())
            .findFirst()
            .orElse("");
    if (!path.isEmpty()) {
      graph.add(
          new Node(
              id,
              Kind.BASE,
              path,
              Map.of("path", path),
              Files.exists(Path.of(path))
                  ? List.of(
                      Evidence.digest(Path.of(path), sha256, run.resolve("run.json").toString()))
                  : List.of()));
    }
    return id;
  }

  private String add(
      Kind kind, String sha256, String title, RunManifest.Output output, List<Evidence> evidence) {
    String id = Node.idOf(kind, sha256);
    graph.add(new Node(id, kind, title, Map.of("path", output.path(), "sha256", sha256), evidence));
    return id;
  }

  private String dataset(RunManifest.Output output, Path run) {
    Path version = Path.of(output.path());
    graph.add(
        new Node(
            DatasetNodes.id(version),
            Kind.DATASET,
            String.valueOf(version.getFileName()),
            Map.of("path", output.path()),
            evidence(output, run)));
    return DatasetNodes.id(version);
  }

  /** The whole model, and what was quantised from it. */
  private String staged(String run, RunManifest.Output output, Path folder) {
    Map<String, String> files = new TreeMap<>(output.files());
    Path path = Path.of(output.path());
    Optional<String> whole =
        files.entrySet().stream()
            .filter(file -> file.getKey().endsWith(WHOLE))
            .map(file -> Node.idOf(Kind.MERGED, file.getValue()))
            .findFirst();
    files.forEach(
        (name, sha256) -> {
          if (name.endsWith(GGUF)) {
            Kind kind = name.endsWith(WHOLE) ? Kind.MERGED : Kind.GGUF;
            String id =
                add(
                    kind,
                    sha256,
                    name,
                    new RunManifest.Output(path.resolve(name).toString(), sha256),
                    List.of(
                        Evidence.digest(
                            path.resolve(name),
                            sha256,
                            folder.resolve(RunManifest.FILE).toString())));
            graph.edge(kind == Kind.MERGED ? run : whole.orElse(run), id);
          }
        });
    return whole.orElse(run);
  }

  private Optional<String> release(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Release release = Json.parse(Evidence.text(file), Release.class, file.toString());
    return Optional.of(ReleaseNodes.id(release.version()));
  }

  /** Where a server has the release of the same run. */
  private Optional<String> registration(Path file, RunManifest manifest) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    JsonNode ollama =
        Json.parse(Evidence.text(file), JsonNode.class, file.toString()).path("ollama");
    if (ollama.isObject()) {
      String id = Node.idOf(Kind.OLLAMA, ollama.path("name").asString(""));
      graph.add(
          new Node(
              id,
              Kind.OLLAMA,
              ollama.path("name").asString(""),
              Map.of(
                  "server", ollama.path("server").asString(""),
                  "digest", ollama.path("digest").asString("")),
              List.of()));
      release(Path.of(manifest.output("release").path()))
          .ifPresent(release -> graph.edge(release, id));
    }
    return Optional.empty();
  }

  private Optional<String> plan(RunManifest.Output output, Path run) {
    Path file = Path.of(output.path());
    List<Evidence> evidence = new ArrayList<>(evidence(output, run));
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    PlanRecord plan = Json.parse(Evidence.text(file), PlanRecord.class, file.toString());
    evidence.add(
        new Evidence(
            file,
            "plan memory",
            "",
            recorded ->
                places.plans().apply(plan.id()).filter(plan::equals).isPresent()
                    ? Optional.empty()
                    : Optional.of("is not what plan memory holds as " + plan.id())));
    String id = Node.idOf(Kind.PLAN, plan.id().toString());
    graph.add(
        new Node(
            id, Kind.PLAN, plan.id().toString(), Map.of("created_at", plan.createdAt()), evidence));
    return Optional.of(id);
  }
}
