package dev.pipeline.data.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BandIndexTest {
  private static final int BANDS = 3;

  @Test
  void findsWhatAMapOfListsFinds() {
    BandIndex index = new BandIndex(BANDS);
    Map<Long, List<Integer>> expected = new HashMap<>();
    SplittableRandom random = new SplittableRandom(3);
    for (int text = 0; text < 5_000; text++) {
      long[] keys = random.longs(BANDS, 0, 3_000).map(key -> key << 40).toArray();
      TreeSet<Integer> sharing = new TreeSet<>();
      for (long key : keys) {
        sharing.addAll(expected.getOrDefault(key, List.of()));
      }
      assertThat(index.sharing(keys))
          .containsExactly(sharing.stream().mapToInt(Integer::intValue).toArray());
      for (long key : keys) {
        expected.computeIfAbsent(key, any -> new ArrayList<>()).add(text);
      }
      index.add(keys);
    }
  }
}
