package dev.pipeline.talk;

import java.util.Arrays;
import java.util.function.Function;

/** Text out of token ids that come one by one, of which several may make one character. */
final class TokenText {
  /** What a decoder puts in place of a character that is not whole. */
  private static final char BROKEN = '\uFFFD';

  private final Function<long[], String> decoder;
  private long[] ids = new long[0];
  private int shown;

  TokenText(Function<long[], String> decoder) {
    this.decoder = decoder;
  }

  /** The characters that {@code token} made whole. */
  String add(long token) {
    ids = Arrays.copyOf(ids, ids.length + 1);
    ids[ids.length - 1] = token;
    String text = decoder.apply(ids);
    int end = text.length();
    while (end > shown && text.charAt(end - 1) == BROKEN) {
      end--;
    }
    String fresh = end <= shown ? "" : text.substring(shown, end);
    shown += fresh.length();
    return fresh;
  }
}
