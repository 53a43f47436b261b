package dev.pipeline.data.redact;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The latest verdicts on words, one at each place: a new word drives out the former, so that they
 * never become many.
 */
final class Verdicts {
  private static final long JUDGED = 1L << 60;
  private static final long YES = 1L << 61;

  private final AtomicLongArray places;

  /** Room for {@code size} verdicts, a power of two. */
  Verdicts(int size) {
    places = new AtomicLongArray(size);
  }

  /** The verdict on {@code packed}: 1 for yes, 0 for no, -1 where there is none. */
  int on(long packed) {
    long judged = places.getOpaque(PackedWord.place(packed, places.length()));
    return (judged & ~YES) != (packed | JUDGED) ? -1 : (judged & YES) != 0 ? 1 : 0;
  }

  void put(long packed, boolean yes) {
    long judged = packed | JUDGED | (yes ? YES : 0);
    places.setOpaque(PackedWord.place(packed, places.length()), judged);
  }
}
