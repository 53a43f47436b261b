package dev.pipeline.data.curate;

import dev.pipeline.data.Sample;
import dev.pipeline.data.dedup.SimilarTexts;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds out whole scenario families, so that no near copy of a training row is held out: as close
 * to the wanted share of rows as whole families allow. A row without a family belongs to the first
 * row it is somewhat like, or stands alone.
 */
public final class FamilySplit {
  private static final double SOMEWHAT_LIKE = 0.4;
  private static final int SHINGLE_WORDS = 2;

  private FamilySplit() {}

  /**
   * The two parts, each in the given order.
   *
   * @param heldOut names of the families in {@code validation}, sorted
   */
  public record Split(List<Sample> train, List<Sample> validation, List<String> heldOut) {}

  /** Splits {@code samples}; equal samples, share and seed give the same split. */
  public static Split split(List<Sample> samples, double share, long seed) {
    Map<String, List<Sample>> families = families(samples);
    if (families.size() < 2) {
      throw Failure.refused(
          "all "
              + samples.size()
              + " accepted rows belong to one scenario family, so none can be"
              + " held out",
          "give the conversations at least two different values of 'scenario', or none");
    }
    List<String> order =
        families.keySet().stream()
            .sorted(Comparator.comparing((String family) -> Hashes.sha256(seed + "\n" + family)))
            .toList();
    Set<String> heldOut = choose(order, families, (int) Math.round(samples.size() * share));
    Set<String> heldOutIds = new HashSet<>();
    heldOut.forEach(
        family ->
            families.getOrDefault(family, List.of()).forEach(row -> heldOutIds.add(row.id())));
    return new Split(
        samples.stream().filter(row -> !heldOutIds.contains(row.id())).toList(),
        samples.stream().filter(row -> heldOutIds.contains(row.id())).toList(),
        heldOut.stream().sorted().toList());
  }

  private static Map<String, List<Sample>> families(List<Sample> samples) {
    Map<String, List<Sample>> families = new TreeMap<>();
    Map<String, List<Sample>> unnamed = new LinkedHashMap<>();
    Map<String, String> familyOf = new HashMap<>();
    for (Sample row : samples) {
      if (row.family().isBlank()) {
        unnamed.computeIfAbsent(row.source().conversation(), any -> new ArrayList<>()).add(row);
      } else {
        families.computeIfAbsent(row.family(), any -> new ArrayList<>()).add(row);
        familyOf.put(row.id(), row.family());
      }
    }
    if (unnamed.isEmpty()) {
      return families;
    }
    SimilarTexts similar = new SimilarTexts(SOMEWHAT_LIKE, SHINGLE_WORDS);
    samples.stream()
        .filter(row -> !row.family().isBlank())
        .forEach(row -> similar.matchOrAdd(row.id(), text(row)));
    unnamed.forEach(
        (conversation, rows) -> {
          String family = familyOfAlike(rows, "like " + conversation, similar, familyOf);
          rows.forEach(row -> familyOf.put(row.id(), family));
          families.computeIfAbsent(family, any -> new ArrayList<>()).addAll(rows);
        });
    return families;
  }

  /** A conversation stays together, also where only one of its rows is like another's. */
  private static String familyOfAlike(
      List<Sample> rows, String own, SimilarTexts similar, Map<String, String> familyOf) {
    String family = own;
    for (Sample row : rows) {
      Optional<SimilarTexts.Match> match = similar.matchOrAdd(row.id(), text(row));
      if (match.isPresent() && family.equals(own)) {
        family = familyOf.getOrDefault(match.get().id(), own);
      }
    }
    return family;
  }

  private static String text(Sample row) {
    return row.instruction() + "\n" + row.idealAnswer();
  }

  /**
   * Families whose sizes sum up as close to {@code target} as any choice does, and to at least one
   * row on either side: the subset-sum problem by dynamic programming over reachable sums, where
   * {@code reachedBy[sum]} is the first family, in seeded order, that completes the sum.
   */
  private static Set<String> choose(
      List<String> order, Map<String, List<Sample>> families, int target) {
    int total = families.values().stream().mapToInt(List::size).sum();
    int limit = Math.min(total - 1, Math.max(2 * target, smallest(families)));
    int[] reachedBy = new int[limit + 1];
    Arrays.fill(reachedBy, -1);
    for (int family = 0; family < order.size(); family++) {
      int size = size(order, families, family);
      for (int sum = limit; sum >= size; sum--) {
        boolean reachable = sum == size || reachedBy[sum - size] >= 0;
        if (reachable && reachedBy[sum] < 0) {
          reachedBy[sum] = family;
        }
      }
    }
    int best = 0;
    for (int sum = 1; sum <= limit; sum++) {
      if (reachedBy[sum] >= 0 && (best == 0 || Math.abs(sum - target) < Math.abs(best - target))) {
        best = sum;
      }
    }
    Set<String> chosen = new HashSet<>();
    for (int sum = best; sum > 0; sum -= size(order, families, reachedBy[sum])) {
      chosen.add(order.get(reachedBy[sum]));
    }
    return chosen;
  }

  private static int size(List<String> order, Map<String, List<Sample>> families, int index) {
    return families.getOrDefault(order.get(index), List.of()).size();
  }

  private static int smallest(Map<String, List<Sample>> families) {
    return families.values().stream().mapToInt(List::size).min().orElse(1);
  }
}
