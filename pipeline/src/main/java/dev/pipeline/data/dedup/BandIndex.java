package dev.pipeline.data.dedup;

import java.util.Arrays;

/**
 * Which texts share a band of their signatures: a hash table of chains in three arrays. A map of
 * lists takes ten times the memory, which a million texts of 32 bands do not leave.
 */
final class BandIndex {
  private static final int NONE = -1;
  private static final int SMALLEST_BITS = 10;

  /** The golden ratio, so that the upper bits of the product depend on all bits of the key. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final int bands;
  private int bits = SMALLEST_BITS;
  private int[] heads = empty(SMALLEST_BITS);
  private int[] next = new int[1 << SMALLEST_BITS];
  private long[] keys = new long[1 << SMALLEST_BITS];
  private int links;
  private int[] met = new int[0];
  private int look;

  /** An empty index of texts with {@code bands} bands each. */
  BandIndex(int bands) {
    this.bands = bands;
  }

  /** Adds the next text, numbered from 0, by the keys of its bands. */
  void add(long[] text) {
    for (long key : text) {
      if (links == keys.length) {
        grow();
      }
      keys[links] = key;
      link(links++);
    }
  }

  /** Numbers of the texts that share a key with {@code text}, ascending. */
  int[] sharing(long[] text) {
    int texts = links / bands;
    if (met.length < texts) {
      met = Arrays.copyOf(met, Math.max(texts, 2 * met.length));
    }
    look++;
    int[] found = new int[16];
    int count = 0;
    for (long key : text) {
      for (int link = heads[slot(key)]; link != NONE; link = next[link]) {
        int number = link / bands;
        if (keys[link] == key && met[number] != look) {
          met[number] = look;
          found = count < found.length ? found : Arrays.copyOf(found, 2 * count);
          found[count++] = number;
        }
      }
    }
    int[] numbers = Arrays.copyOf(found, count);
    Arrays.sort(numbers);
    return numbers;
  }

  private void link(int link) {
    int slot = slot(keys[link]);
    next[link] = heads[slot];
    heads[slot] = link;
  }

  private int slot(long key) {
    return (int) ((key * SPREAD) >>> (Long.SIZE - bits));
  }

  private void grow() {
    bits++;
    heads = empty(bits);
    next = new int[1 << bits];
    keys = Arrays.copyOf(keys, 1 << bits);
    for (int link = 0; link < links; link++) {
      link(link);
    }
  }

  private static int[] empty(int bits) {
    int[] heads = new int[1 << bits];
    Arrays.fill(heads, NONE);
    return heads;
  }
}
