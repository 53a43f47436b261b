package dev.pipeline.mcp;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.curate.DatasetManifest;
import dev.pipeline.data.curate.DatasetWriter;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import dev.pipeline.jobs.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The newest version of every curated dataset; no row of any. */
final class Datasets {
  private Datasets() {}

  static List<Map<String, Object>> of(PipelineConfig config) {
    Path curated = Workspace.of(config.model()).datasets().resolve("curated");
    List<Map<String, Object>> datasets = new ArrayList<>();
    for (Path home : homes(curated)) {
      String name = String.valueOf(home.getFileName());
      DatasetManifest manifest = DatasetWriter.manifest(DatasetWriter.latest(curated, name));
      Map<String, Object> told = new TreeMap<>();
      told.put("name", manifest.name());
      told.put("version", manifest.version());
      told.put("counts", manifest.counts());
      told.put("rejected", manifest.rejected());
      told.put("redactions", manifest.redactions());
      told.put("approvals", manifest.approvals());
      told.put("rules", manifest.rules());
      datasets.add(told);
    }
    return datasets;
  }

  private static List<Path> homes(Path curated) {
    if (!Files.isDirectory(curated)) {
      return List.of();
    }
    try (Stream<Path> homes = Files.list(curated)) {
      return homes
          .filter(home -> Files.exists(home.resolve(DatasetWriter.LATEST)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + curated + ": " + Reason.of(e), "check its permissions", e);
    }
  }
}
