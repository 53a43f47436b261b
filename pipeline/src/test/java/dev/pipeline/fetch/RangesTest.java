package dev.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.fetch.Ranges.Range;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangesTest {
  @Test
  void joinsWhatTouchesAndCountsWhatIsNew() {
    Ranges ranges = new Ranges();

    assertThat(ranges.add(10, 20)).isEqualTo(10);
    assertThat(ranges.add(30, 40)).isEqualTo(10);
    assertThat(ranges.add(20, 30)).isEqualTo(10);
    assertThat(ranges.list()).containsExactly(new Range(10, 40));
    assertThat(ranges.add(0, 50)).isEqualTo(20);
    assertThat(ranges.add(5, 5)).isZero();
    assertThat(ranges.missing(60)).containsExactly(new Range(50, 60));
  }

  @Test
  void isTheSetThatABitPerByteIs() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      Ranges ranges = new Ranges();
      BitSet bits = new BitSet();
      for (int i = 0; i < 30; i++) {
        int start = random.nextInt(100);
        int end = start + random.nextInt(20);
        long before = bits.cardinality();
        bits.set(start, end);
        assertThat(ranges.add(start, end)).isEqualTo(bits.cardinality() - before);
      }
      BitSet missing = new BitSet();
      ranges.missing(120).forEach(range -> missing.set((int) range.start(), (int) range.end()));
      bits.flip(0, 120);
      assertThat(missing).isEqualTo(bits);
      assertThat(ranges.covered()).isEqualTo(120 - bits.cardinality());
    }
  }
}
