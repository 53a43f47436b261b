package dev.pipeline.serve.look;

import java.util.List;
import java.util.Map;

/**
 * A version of a dataset.
 *
 * @param kind curated, or preferences
 * @param name the dataset
 * @param version SHA-256 that names its folder
 * @param latest whether its pointer leads here
 * @param counts rows by part
 * @param rejected what was left out, by reason
 * @param rules version of each set of rules
 * @param card the card that was written with it, Markdown
 */
public record DatasetView(
    String kind,
    String name,
    String version,
    boolean latest,
    Map<String, Integer> counts,
    Map<String, Integer> rejected,
    List<String> rules,
    String card) {
  private static final int SHORT = 12;

  /** Copies lists and maps. */
  public DatasetView {
    counts = Map.copyOf(counts);
    rejected = Map.copyOf(rejected);
    rules = List.copyOf(rules);
  }

  /** The beginning of the version, as people name it. */
  public String shortVersion() {
    return version.substring(0, Math.min(SHORT, version.length()));
  }
}
