package dev.pipeline.data.redact;

import java.util.Map;

/** A few bits for each of many words, in one array, so that a look-up reads one place of memory. */
final class WordTable {
  private static final int SHIFT = Long.SIZE - PackedWord.FREE_BITS;
  private static final long WORD = (1L << SHIFT) - 1;

  private final long[] slots;

  /** A table of {@code bits}; words that do not fit in are left out. */
  WordTable(Map<String, Integer> bits) {
    slots = new long[4 * Integer.highestOneBit(bits.size())];
    bits.forEach(this::put);
  }

  private void put(String word, int bits) {
    long packed = PackedWord.of(word, 0, word.length());
    if (packed != PackedWord.NONE) {
      slots[slot(packed)] = packed | (long) bits << SHIFT;
    }
  }

  /** The bits of {@code packed}; 0 where it is not listed. */
  int get(long packed) {
    return (int) (slots[slot(packed)] >>> SHIFT);
  }

  /** Where {@code packed} is, or would be. */
  private int slot(long packed) {
    int slot = PackedWord.place(packed, slots.length);
    while (slots[slot] != 0 && (slots[slot] & WORD) != packed) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
