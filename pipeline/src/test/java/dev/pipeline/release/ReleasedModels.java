package dev.pipeline.release;

import dev.pipeline.evaluate.gate.Check;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.evaluate.metric.Unit;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A model's folder, and runs in it that end in releases. */
final class ReleasedModels {
  static final String MODEL = "phi4-joshi";
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-02-03T04:05:06.789Z"), ZoneOffset.UTC);
  static final Verdict PASSED = new Verdict(true, List.of(length(120, true)));
  static final Modelfile MODELFILE =
      new Modelfile(
          MODEL,
          new OllamaTemplate("{{ range .Messages }}{{ .Content }}{{ end }}", List.of("<|im_end|>")),
          0.2,
          0.9,
          1024,
          Optional.of("Answer briefly."),
          Optional.of("MIT"));

  private final Path folder;

  ReleasedModels(Path folder) {
    this.folder = folder;
  }

  static Check length(double tokens, boolean pass) {
    return new Check("p90", "P90 length", Check.Comparison.BELOW, 160, tokens, Unit.TOKENS, pass);
  }

  static Candidate.Origin origin(String runKey, String warning) {
    return new Candidate.Origin(
        runKey,
        "dataset-1",
        new Training("SFT, then DPO", "ab".repeat(32), null),
        Hashes.sha256("GGUF Q4_K_M of " + runKey),
        warning);
  }

  /** The package of {@code runKey}, with adapters and a report. */
  Candidate candidate(String runKey) throws IOException {
    return candidate(runKey, PASSED, origin(runKey, ""), Optional.empty());
  }

  Candidate candidate(
      String runKey, Verdict verdict, Candidate.Origin origin, Optional<GateOverride> override)
      throws IOException {
    return new Candidate(stage(runKey), MODELFILE, verdict, origin, override, kept(runKey));
  }

  StagedPackage stage(String runKey) throws IOException {
    Path staged = packageFolder(runKey);
    if (!Files.exists(staged)) {
      StagedPackages.write(staged, MODEL, runKey);
    }
    return StagedPackage.open(staged);
  }

  Path packageFolder(String runKey) {
    return folder.resolve("runs").resolve(runKey).resolve("package");
  }

  Release publish(String runKey) throws IOException {
    return publish(runKey, Serving.FILES_ALONE);
  }

  Release publish(String runKey, Serving serving) throws IOException {
    return new Publisher(folder, CLOCK, serving).publish(candidate(runKey), "a test");
  }

  Rollback rollback(Serving serving) {
    return new Rollback(folder, CLOCK, serving, done -> {});
  }

  /** Content and time of every file, links followed, but what runs made and locks. */
  Map<String, String> snapshot() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String name = folder.relativize(file).toString();
        if (!name.startsWith("runs/") && !name.endsWith(".lock")) {
          content.put(name, Files.getLastModifiedTime(file) + " " + Files.readString(file));
        }
      }
    }
    return content;
  }

  private Map<String, Path> kept(String runKey) throws IOException {
    Path run = folder.resolve("runs").resolve(runKey);
    Map<String, Path> kept = new TreeMap<>();
    for (String training : AdapterFolders.NAMES) {
      Path adapter = Files.createDirectories(run.resolve(training));
      for (String name : List.of("adapter_config.json", "adapter_model.safetensors")) {
        if (!Files.exists(adapter.resolve(name))) {
          Files.writeString(adapter.resolve(name), training + " " + name + " of " + runKey);
        }
      }
      kept.putAll(Candidate.adapter(training, adapter));
    }
    if (!Files.exists(run.resolve("report.html"))) {
      Files.writeString(run.resolve("report.html"), "report of " + runKey);
    }
    kept.putAll(Candidate.reports(run, "report.html", "absent.jsonl"));
    return kept;
  }
}
