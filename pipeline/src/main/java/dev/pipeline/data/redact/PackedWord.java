package dev.pipeline.data.redact;

/**
 * Words of up to twelve letters, apostrophes and hyphens as one number, five bits a sign: the words
 * that are asked for are compared without being made, and lists of them lie close together.
 */
final class PackedWord {
  /** What a word is that does not fit. */
  static final long NONE = 0;

  private static final int LONGEST = 12;
  private static final int BITS = 5;
  private static final byte[] SIGNS = new byte[128];

  static {
    for (char c = 'a'; c <= 'z'; c++) {
      SIGNS[c] = (byte) (c - 'a' + 1);
      SIGNS[Character.toUpperCase(c)] = SIGNS[c];
    }
    SIGNS['\''] = 27;
    SIGNS['-'] = 28;
  }

  private PackedWord() {}

  /** The word in {@code text} between {@code start} and {@code end}, capitals folded. */
  static long of(String text, int start, int end) {
    if (end - start > LONGEST) {
      return NONE;
    }
    long packed = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      int sign = c < SIGNS.length ? SIGNS[c] : 0;
      if (sign == 0) {
        return NONE;
      }
      packed = packed << BITS | sign;
    }
    return packed;
  }

  /** Where a table of {@code size}, a power of two, looks for {@code packed} first. */
  static int place(long packed, int size) {
    long mixed = packed * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & (size - 1);
  }
}
