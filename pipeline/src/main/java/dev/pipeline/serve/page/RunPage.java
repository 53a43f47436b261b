package dev.pipeline.serve.page;

import dev.pipeline.evaluate.report.LineChart;
import dev.pipeline.evaluate.report.TrainingCurves;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.GateCheck;
import dev.pipeline.jobs.RetrainRecord;
import dev.pipeline.jobs.RunCatalog;
import dev.pipeline.jobs.RunManifest;
import dev.pipeline.jobs.RunView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What the page of a run shows.
 *
 * @param lineage whether there is a way from and to it, as there is for what is finished
 * @param trouble why the gate cannot say its word, in a sentence; empty where it can, or need not
 * @param retrained how the retraining of a month ended
 * @param inputs digests of what it was made from
 * @param settings values by key, by section
 * @param report whether there is a page of its evaluation
 */
public record RunPage(
    RunView run,
    List<LineChart> charts,
    boolean lineage,
    Optional<GateCheck> gate,
    String trouble,
    boolean report,
    Optional<RetrainRecord> retrained,
    Map<String, RunManifest.Output> outputs,
    Map<String, String> inputs,
    Map<String, Map<String, String>> settings,
    List<String> log) {
  private static final String SETTINGS = "settings ";
  private static final int LINES = 200;

  /** All of it; an evaluation that is damaged costs the gate's word alone. */
  static RunPage whole(RunCatalog runs, RunView run) {
    Optional<GateCheck> gate = Optional.empty();
    String trouble = "";
    try {
      gate = runs.gate(run.name());
    } catch (Failure damaged) {
      trouble = damaged.reason() + "; " + damaged.fix();
    }
    Optional<RunManifest> manifest = runs.manifest(run.name());
    Map<String, String> ingredients = runs.ingredients(run.name());
    Map<String, String> inputs = new TreeMap<>();
    Map<String, Map<String, String>> settings = new TreeMap<>();
    ingredients.forEach(
        (key, value) -> {
          if (key.startsWith(SETTINGS)) {
            settings
                .computeIfAbsent(file(key.substring(SETTINGS.length())), name -> new TreeMap<>())
                .putAll(values(key, value));
          } else {
            inputs.put(words(key), value);
          }
        });
    return new RunPage(
        run,
        TrainingCurves.of(runs.metrics(run.name())),
        // Told by the run's own files: all of the lineage would take every other run's, too.
        manifest.isPresent() && !ingredients.isEmpty(),
        gate,
        trouble,
        runs.report(run.name()).isPresent(),
        runs.retrained(run.name()),
        manifest.map(RunManifest::outputs).orElseGet(Map::of),
        inputs,
        settings,
        runs.log(run, LINES));
  }

  /** What changes while it runs. */
  static RunPage live(RunCatalog runs, RunView run) {
    return new RunPage(
        run,
        TrainingCurves.of(runs.metrics(run.name())),
        false,
        Optional.empty(),
        "",
        false,
        Optional.empty(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of());
  }

  /** The file of the configuration that a section of the run's key stands for. */
  private static String file(String section) {
    if (section.startsWith("For")) {
      return "model.yaml, as far as it decides what comes out";
    }
    // The adapter's shape stands with the training that it begins in.
    return section.equals("LoraConfig")
        ? "sft.yaml"
        : section.replaceFirst("Config$", "").toLowerCase(Locale.ROOT) + ".yaml";
  }

  /** What an ingredient of the run's key is, for people. */
  private static String words(String key) {
    List<String> parts = List.of(key.split(" ", 3));
    return switch (parts.get(0)) {
      case "code" -> "this program";
      case "input" -> key.substring("input ".length());
      case "output" -> parts.get(2) + ", by " + parts.get(1);
      default -> key;
    };
  }

  private static Map<String, String> values(String key, String json) {
    Map<String, String> values = new TreeMap<>();
    Json.parse(json, JsonNode.class, key)
        .properties()
        .forEach(
            entry ->
                values.put(
                    entry.getKey(),
                    entry.getValue().isString()
                        ? entry.getValue().asString()
                        : entry.getValue().toString()));
    return values;
  }
}
