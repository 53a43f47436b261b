package dev.pipeline.evaluate.review;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A random sample that gives every stratum its share, rounded by largest remainders, so that the
 * sample's plain mean estimates the whole. Cochran, "Sampling Techniques" (1977), chapter 5.
 */
final class StratifiedSample {
  private StratifiedSample() {}

  /**
   * Draws {@code size} of {@code all}, in random order; all of them when there are no more.
   *
   * @param random decides both who is drawn and the order
   */
  static <T> List<T> draw(List<T> all, Function<T, String> stratum, int size, Random random) {
    Map<String, List<T>> strata = new TreeMap<>();
    all.forEach(
        one -> strata.computeIfAbsent(stratum.apply(one), any -> new ArrayList<>()).add(one));
    Map<String, Integer> quotas = quotas(strata, Math.min(size, all.size()), all.size(), random);
    List<T> drawn = new ArrayList<>();
    strata.forEach(
        (name, members) -> {
          Collections.shuffle(members, random);
          drawn.addAll(members.subList(0, quotas.getOrDefault(name, 0)));
        });
    Collections.shuffle(drawn, random);
    return drawn;
  }

  private static <T> Map<String, Integer> quotas(
      Map<String, List<T>> strata, int size, int total, Random random) {
    Map<String, Integer> quotas = new TreeMap<>();
    strata.forEach((name, members) -> quotas.put(name, members.size() * size / total));
    List<String> byRemainder = new ArrayList<>(strata.keySet());
    // Equal remainders are common; chance, not the alphabet, decides between them.
    Collections.shuffle(byRemainder, random);
    byRemainder.sort(
        Comparator.comparing(
            (String name) -> -(strata.getOrDefault(name, List.of()).size() * size % total)));
    int missing = size - quotas.values().stream().mapToInt(Integer::intValue).sum();
    byRemainder.stream().limit(missing).forEach(name -> quotas.merge(name, 1, Integer::sum));
    return quotas;
  }
}
