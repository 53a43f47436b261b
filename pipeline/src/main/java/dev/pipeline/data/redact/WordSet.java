package dev.pipeline.data.redact;

import java.util.Set;

/** Many words in one array, so that a look-up reads one place of memory. */
final class WordSet {
  private final long[] slots;

  /** A set of those of {@code words} that {@link PackedWord} can hold. */
  WordSet(Set<String> words) {
    slots = new long[4 * Integer.highestOneBit(words.size())];
    for (String word : words) {
      long packed = PackedWord.of(word, 0, word.length());
      slots[slot(packed)] = packed;
    }
  }

  boolean contains(long packed) {
    return slots[slot(packed)] == packed;
  }

  /** A number below {@link #places} that no other word has; -1 for one that is not in the set. */
  int placeOf(long packed) {
    int slot = slot(packed);
    return slots[slot] == packed ? slot : -1;
  }

  int places() {
    return slots.length;
  }

  /** Where {@code packed} is, or would be. */
  private int slot(long packed) {
    int slot = PackedWord.place(packed, slots.length);
    while (slots[slot] != PackedWord.NONE && slots[slot] != packed) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }
}
