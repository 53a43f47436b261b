package dev.pipeline.data.prefer.assemble;

import dev.pipeline.data.Sample;
import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.prefer.corrupt.Corruptor;
import dev.pipeline.io.Hashes;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The curated rows that give synthetic pairs: seeded draws, in a seeded order, so that the first
 * few have some of either side. Where any are spoilt, all held-out ones are. A row of which the raw
 * files bring such a pair is passed over.
 */
public final class SyntheticRows {
  private final List<Sample> spoilt;
  private final List<Sample> sampled;
  private final List<Sample> onPolicy;
  private final Set<String> heldOut = new HashSet<>();
  private final Corruptor ofTrain;
  private final Corruptor ofHeldOut;

  /**
   * The rows among {@code tuned} that {@code settings} ask for.
   *
   * @param brought ids of the pairs in the raw files
   */
  public SyntheticRows(TunedRows tuned, PreferenceSettings settings, Set<String> brought) {
    Comparator<Sample> shuffled =
        Comparator.comparing((Sample row) -> Hashes.sha256(settings.seed() + "\n" + row.id()));
    Predicate<Sample> unspoilt = row -> isNew(row, FailureMode.words(), brought);
    tuned.heldOut().forEach(row -> heldOut.add(row.id()));
    this.spoilt =
        Stream.concat(
                tuned.train().stream()
                    .filter(unspoilt)
                    .sorted(shuffled)
                    .limit(settings.spoiltRows()),
                tuned.heldOut().stream().filter(row -> settings.spoiltRows() > 0).filter(unspoilt))
            .sorted(shuffled)
            .toList();
    List<Sample> all =
        Stream.concat(tuned.train().stream(), tuned.heldOut().stream()).sorted(shuffled).toList();
    this.sampled = toAnswer(all, Origin.SAMPLED, settings.sampledRows(), brought);
    this.onPolicy = toAnswer(all, Origin.ON_POLICY, settings.onPolicyRows(), brought);
    this.ofTrain = new Corruptor(tuned.train(), settings.pairsPerRow(), settings.seed());
    this.ofHeldOut = new Corruptor(tuned.heldOut(), settings.pairsPerRow(), settings.seed());
  }

  private static List<Sample> toAnswer(
      List<Sample> rows, Origin origin, int most, Set<String> brought) {
    List<String> kind = List.of(origin.word());
    return rows.stream().filter(row -> isNew(row, kind, brought)).limit(most).toList();
  }

  private static boolean isNew(Sample row, List<String> kinds, Set<String> brought) {
    return kinds.stream().noneMatch(kind -> brought.contains(row.id() + "#" + kind));
  }

  /** Rows to spoil. */
  public List<Sample> spoilt() {
    return spoilt;
  }

  /** Rows for the base model to answer. */
  public List<Sample> sampled() {
    return sampled;
  }

  /** Rows for the fine-tuned model to answer. */
  public List<Sample> onPolicy() {
    return onPolicy;
  }

  /** The pairs of {@code row} and spoilt copies of its answer. */
  public List<RawPair> spoil(Sample row) {
    return (heldOut.contains(row.id()) ? ofHeldOut : ofTrain).pairs(row);
  }

  /** What kind of pair bears {@code id}: {@code captured}, or one of the synthetic origins. */
  public static String source(String id) {
    String end = id.substring(id.lastIndexOf('#') + 1);
    if (end.equals(id)) {
      return "captured";
    }
    return Stream.of(Origin.SAMPLED, Origin.ON_POLICY)
        .map(Origin::word)
        .filter(end::equals)
        .findFirst()
        .orElse(Origin.SPOILT.word());
  }

  /**
   * The pair of {@code row} and what a model answered; its failure is yet to be named.
   *
   * @param origin which model that was
   */
  public static RawPair answered(Sample row, String answer, Origin origin) {
    PreferencePair pair =
        new PreferencePair(
            row.id() + "#" + origin.word(),
            row.family(),
            row.instruction(),
            row.context(),
            row.idealAnswer(),
            answer,
            "",
            "",
            row.source());
    return RawPair.synthetic(pair, origin);
  }
}
