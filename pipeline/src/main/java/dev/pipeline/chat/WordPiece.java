package dev.pipeline.chat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * WordPiece: each word becomes the longest pieces of a vocabulary from left to right; one that
 * cannot be pieced together becomes one unknown token. "unbelievable" may be "un", "##believ",
 * "##able". Wu et al., "Google's Neural Machine Translation System" (2016), section 4.1.
 */
final class WordPiece implements EncoderTokenizer {
  private final BertText text;
  private final Map<String, Integer> vocabulary;
  private final String continued;
  private final long unknown;
  private final int longest;

  /**
   * A tokenizer.
   *
   * @param continued what a piece begins with that is not the first of its word
   * @param unknown the token of words that the vocabulary lacks, which it contains
   * @param longest characters of a word, above which it counts as unknown
   */
  WordPiece(
      BertText text,
      Map<String, Integer> vocabulary,
      String continued,
      String unknown,
      int longest) {
    this.text = text;
    this.vocabulary = Map.copyOf(vocabulary);
    this.continued = continued;
    this.longest = longest;
    this.unknown = id(unknown).orElseThrow();
  }

  @Override
  public long[] encode(String whole) {
    return text.words(whole).stream()
        .flatMap(word -> pieces(word).stream())
        .mapToLong(Long::longValue)
        .toArray();
  }

  @Override
  public OptionalLong id(String token) {
    Integer id = vocabulary.get(token);
    return id == null ? OptionalLong.empty() : OptionalLong.of(id);
  }

  @Override
  public int size() {
    return Collections.max(vocabulary.values()) + 1;
  }

  @Override
  public void close() {
    // All of it lies on the heap.
  }

  private List<Long> pieces(String word) {
    int[] letters = word.codePoints().toArray();
    if (letters.length > longest) {
      return List.of(unknown);
    }
    List<Long> pieces = new ArrayList<>();
    int start = 0;
    while (start < letters.length) {
      int end = letters.length;
      Integer id = piece(letters, start, end);
      while (id == null && end > start + 1) {
        end--;
        id = piece(letters, start, end);
      }
      if (id == null) {
        return List.of(unknown);
      }
      pieces.add(id.longValue());
      start = end;
    }
    return pieces;
  }

  private @Nullable Integer piece(int[] letters, int start, int end) {
    String letter = new String(letters, start, end - start);
    return vocabulary.get(start == 0 ? letter : continued + letter);
  }
}
