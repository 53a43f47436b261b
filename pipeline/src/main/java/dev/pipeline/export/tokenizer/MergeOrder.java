package dev.pipeline.export.tokenizer;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * When tokens come to be, by a list of merges.
 *
 * @param positions 0 for the token whose first merge comes first, and so on
 * @param pairs the merges
 * @param scattered merges that make a token anew after another token's merges
 */
record MergeOrder(Map<String, Integer> positions, Set<Merges.Pair> pairs, int scattered) {
  static MergeOrder of(List<Merges.Pair> merges) {
    Map<String, Integer> positions = new HashMap<>();
    String before = "";
    int scattered = 0;
    for (Merges.Pair pair : merges) {
      String whole = pair.whole();
      boolean known = positions.putIfAbsent(whole, positions.size()) != null;
      if (known && !whole.equals(before)) {
        scattered++;
      }
      before = whole;
    }
    return new MergeOrder(positions, new HashSet<>(merges), scattered);
  }

  /** The position of {@code token}; after all others when no merge makes it. */
  int of(String token) {
    return positions.getOrDefault(token, positions.size());
  }

  boolean joins(String left, String right) {
    return pairs.contains(new Merges.Pair(left, right));
  }
}
