package dev.pipeline.data.prefer.assemble;

import dev.pipeline.data.curate.InputFile;
import dev.pipeline.data.lint.TokenCounter;
import dev.pipeline.data.prefer.AcceptedPair;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RejectedPair;
import dev.pipeline.data.prefer.lint.LintWarning;
import dev.pipeline.data.prefer.lint.PairLint;
import dev.pipeline.data.prefer.lint.PairSet;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * All pairs of a dataset, each in its part: what every step before it decided, taken together.
 *
 * @param inputs the raw files
 * @param tunedVersion version of the curated dataset that the split agrees with
 * @param split pairs to learn from and pairs held out
 * @param rejected lines and pairs left out, by source
 * @param origins where each kept pair comes from, by id
 * @param redactions finds replaced in the kept pairs, by kind
 * @param warnings what the lint says
 * @param lengths how long the answers are
 */
public record PreferenceSet(
    List<InputFile> inputs,
    String tunedVersion,
    Split split,
    List<RejectedPair> rejected,
    Map<String, Origin> origins,
    Map<String, Integer> redactions,
    List<LintWarning> warnings,
    Lengths lengths) {
  private static final Comparator<RejectedPair> BY_SOURCE =
      Comparator.comparing((RejectedPair rejected) -> rejected.source().file())
          .thenComparingInt(rejected -> rejected.source().line())
          .thenComparingInt(rejected -> rejected.source().turn());

  /**
   * The two parts.
   *
   * @param heldOut names of the families in {@code validation}, sorted
   */
  public record Split(
      List<PreferencePair> train, List<PreferencePair> validation, List<String> heldOut) {}

  /**
   * Drops duplicates among {@code accepted}, splits the rest and lints it.
   *
   * @param accepted in a fixed order, for the first of several duplicates stays
   * @param rejected by reading and curation, in any order
   */
  public static PreferenceSet assemble(
      List<InputFile> inputs,
      List<AcceptedPair> accepted,
      List<RejectedPair> rejected,
      TunedRows rows,
      PreferenceSettings settings,
      TokenCounter tokens) {
    List<RejectedPair> left = new ArrayList<>(rejected);
    List<AcceptedPair> unique = unique(accepted, left, settings);
    requirePairs(unique, left);
    List<PreferencePair> pairs = unique.stream().map(AcceptedPair::pair).toList();
    PairSplit split = PairSplit.of(pairs, rows, settings);
    left.addAll(split.rejected());
    left.sort(BY_SOURCE);
    requireParts(split);
    PairSet set =
        new PairSet(
            split.train(),
            split.validation(),
            left,
            rows.train(),
            rows.heldOut(),
            settings::similarTexts,
            tokens);
    return new PreferenceSet(
        inputs,
        rows.version(),
        new Split(split.train(), split.validation(), split.heldOut()),
        List.copyOf(left),
        origins(unique),
        redactions(unique, set.pairs()),
        PairLint.check(set),
        Lengths.of(set));
  }

  /** Kept pairs, both parts. */
  public List<PreferencePair> pairs() {
    List<PreferencePair> all = new ArrayList<>(split.train());
    all.addAll(split.validation());
    return all;
  }

  /** Where a kept pair comes from. */
  Origin origin(PreferencePair pair) {
    return Objects.requireNonNull(origins.get(pair.id()), "a kept pair has an origin");
  }

  private static List<AcceptedPair> unique(
      List<AcceptedPair> accepted, List<RejectedPair> rejected, PreferenceSettings settings) {
    PairDeduplicator deduplicator = new PairDeduplicator(settings::similarTexts);
    List<AcceptedPair> unique = new ArrayList<>();
    for (AcceptedPair pair : accepted) {
      Optional<RejectedPair> duplicate = deduplicator.check(pair.pair());
      if (duplicate.isPresent()) {
        rejected.add(duplicate.get());
      } else {
        unique.add(pair);
      }
    }
    return unique;
  }

  private static Map<String, Origin> origins(List<AcceptedPair> pairs) {
    Map<String, Origin> origins = new HashMap<>();
    pairs.forEach(pair -> origins.put(pair.pair().id(), pair.origin()));
    return origins;
  }

  private static Map<String, Integer> redactions(
      List<AcceptedPair> accepted, List<PreferencePair> kept) {
    Set<PreferencePair> learnt = new HashSet<>(kept);
    Map<String, Integer> redactions = new TreeMap<>();
    accepted.stream()
        .filter(pair -> learnt.contains(pair.pair()))
        .forEach(
            pair ->
                pair.redactions().forEach((kind, n) -> redactions.merge(kind, n, Integer::sum)));
    return redactions;
  }

  private static void requirePairs(List<AcceptedPair> pairs, List<RejectedPair> rejected) {
    if (pairs.isEmpty()) {
      throw Failure.refused(
          rejected.isEmpty()
              ? "there is no pair"
              : "all %d pairs and lines were rejected; the first, %s line %d: %s"
                  .formatted(
                      rejected.size(),
                      rejected.get(0).source().file(),
                      rejected.get(0).source().line(),
                      rejected.get(0).detail()),
          rejected.isEmpty()
              ? "set spoilt_rows or raw_preferences in preferences.yaml"
              : rejected.get(0).fix());
    }
  }

  private static void requireParts(PairSplit split) {
    if (split.train().isEmpty() || split.validation().isEmpty()) {
      throw Failure.refused(
          "%d pairs are left to learn from and %d to hold out; %d are of rows on the other side"
              .formatted(split.train().size(), split.validation().size(), split.rejected().size()),
          "give pairs of at least two scenarios, or set corruptions_per_row in preferences.yaml");
    }
  }
}
