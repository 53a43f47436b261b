package dev.pipeline.data.curate;

import dev.pipeline.data.Rejected;
import dev.pipeline.data.Sample;
import dev.pipeline.data.dedup.Deduplicator;
import dev.pipeline.data.dedup.RepeatedCodes;
import dev.pipeline.data.read.ConversationReader;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All rows of a dataset, each in its part: what every step before it decided, taken together.
 *
 * @param inputs the raw files
 * @param split rows to train on and rows held out
 * @param rejected lines and rows left out, by source
 * @param redactions finds replaced in instructions and answers of the kept rows, by kind
 */
public record Dataset(
    List<InputFile> inputs,
    FamilySplit.Split split,
    List<Rejected> rejected,
    Map<String, Integer> redactions) {
  private static final Comparator<Rejected> BY_SOURCE =
      Comparator.comparing((Rejected rejected) -> rejected.source().file())
          .thenComparingInt(rejected -> rejected.source().line())
          .thenComparingInt(rejected -> rejected.source().turn());

  /**
   * Drops duplicates among {@code accepted} and splits the rest.
   *
   * @param accepted in the order of the raw files, for the first of several duplicates stays
   * @param rejected by mining and curation, in any order
   */
  public static Dataset assemble(
      List<InputFile> inputs,
      List<Accepted> accepted,
      List<Rejected> rejected,
      CurationSettings settings) {
    List<Rejected> allRejected = new ArrayList<>(rejected);
    List<Accepted> unique = unique(accepted, settings, allRejected);
    allRejected.sort(BY_SOURCE);
    List<Sample> kept = unique.stream().map(Accepted::sample).toList();
    Map<String, Integer> redactions = new TreeMap<>();
    unique.forEach(
        row -> row.redactions().forEach((kind, n) -> redactions.merge(kind, n, Integer::sum)));
    requireRows(kept, allRejected);
    FamilySplit.Split split = FamilySplit.split(kept, settings.holdOut(), settings.seed());
    return new Dataset(inputs, split, List.copyOf(allRejected), redactions);
  }

  /** Codes are counted among what is left, for a copied conversation shares all of its codes. */
  private static List<Accepted> unique(
      List<Accepted> rows, CurationSettings settings, List<Rejected> rejected) {
    Deduplicator duplicates =
        new Deduplicator(settings.nearDuplicateThreshold(), settings.shingleWords());
    if (!settings.deduplicate()) {
      return keep(rows, duplicates::checkId, rejected);
    }
    List<Accepted> unique = keep(rows, duplicates::check, rejected);
    RepeatedCodes codes = RepeatedCodes.among(unique.stream().map(Accepted::sample).toList());
    return keep(unique, codes::check, rejected);
  }

  private static List<Accepted> keep(
      List<Accepted> rows, Function<Sample, Optional<Rejected>> check, List<Rejected> rejected) {
    List<Accepted> kept = new ArrayList<>();
    for (Accepted row : rows) {
      check.apply(row.sample()).ifPresentOrElse(rejected::add, () -> kept.add(row));
    }
    return kept;
  }

  /** Kept rows, both parts. */
  public List<Sample> accepted() {
    List<Sample> all = new ArrayList<>(split.train());
    all.addAll(split.validation());
    return all;
  }

  /** How many were rejected for each reason. */
  public Map<String, Integer> rejectedByReason() {
    Map<String, Integer> counts = new TreeMap<>();
    rejected.forEach(row -> counts.merge(row.reason(), 1, Integer::sum));
    return counts;
  }

  /** Raw lines that were no conversation. */
  public int unreadableLines() {
    return rejectedByReason().getOrDefault(ConversationReader.UNREADABLE, 0);
  }

  private static void requireRows(List<Sample> kept, List<Rejected> rejected) {
    if (kept.isEmpty()) {
      Map<String, Integer> counts = new TreeMap<>();
      rejected.forEach(row -> counts.merge(row.reason(), 1, Integer::sum));
      throw Failure.refused(
          rejected.isEmpty()
              ? "the raw data hold no conversation"
              : "all %d rows and lines were rejected %s; the first, %s line %d: %s"
                  .formatted(
                      rejected.size(),
                      counts,
                      rejected.get(0).source().file(),
                      rejected.get(0).source().line(),
                      rejected.get(0).detail()),
          counts.containsKey(Curator.PENDING)
              ? "have rows approved, or set accept_pending: true in curate.yaml"
              : "look at a few raw lines and compare them with datasets/README.md");
    }
  }
}
