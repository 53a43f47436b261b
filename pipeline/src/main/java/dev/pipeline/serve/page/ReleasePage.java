package dev.pipeline.serve.page;

import dev.pipeline.jobs.RunCatalog;
import dev.pipeline.release.ReleaseView;
import dev.pipeline.serve.look.DatasetShelf;
import dev.pipeline.serve.look.DatasetView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the page of a release shows.
 *
 * @param way from the dataset to the file that serves, as manifests tell it
 */
public record ReleasePage(ReleaseView.Line line, List<Stop> way) {
  private static final String GGUF = ".gguf";

  /**
   * One thing on the way.
   *
   * @param what it is, for people
   * @param link to its page; empty where it has none
   * @param digest SHA-256, or the run's key
   */
  public record Stop(String name, String what, String link, String digest) {}

  static ReleasePage of(ReleaseView.Line line, DatasetShelf shelf, RunCatalog runs) {
    List<Stop> way = new ArrayList<>();
    String dataset = line.release().datasetVersion();
    way.add(
        shelf
            .find(dataset)
            .map(known -> new Stop("Dataset", known.name(), link(known), dataset))
            .orElseGet(() -> new Stop("Dataset", "no longer here", "", dataset)));
    if (line.release().training() != null) {
      way.add(
          new Stop(
              "Adapter",
              line.release().training().trainer(),
              "",
              line.release().training().adapter()));
    }
    String key = line.release().runKey();
    String run = Words.runName(key);
    String job = runs.find(run).map(view -> view.job()).orElse("");
    way.add(
        job.isEmpty()
            ? new Stop("Run", "no longer here", "", key)
            : new Stop("Run", job, "/runs/" + run, key));
    line.release().files().entrySet().stream()
        .filter(file -> file.getKey().endsWith(GGUF))
        .sorted(Map.Entry.comparingByKey())
        .forEach(file -> way.add(new Stop("GGUF", file.getKey(), "", file.getValue())));
    return new ReleasePage(line, List.copyOf(way));
  }

  private static String link(DatasetView dataset) {
    return "/datasets/%s/%s/%s".formatted(dataset.kind(), dataset.name(), dataset.version());
  }
}
