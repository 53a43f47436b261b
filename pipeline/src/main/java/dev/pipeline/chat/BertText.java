package dev.pipeline.chat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * BERT's words: control characters dropped, Chinese characters set apart, accents and case folded
 * if asked, then cut at white space and around every punctuation mark, as Hugging Face's
 * BertNormalizer and BertPreTokenizer do.
 *
 * @param clean whether control characters are dropped
 * @param chinese whether Chinese characters are set apart
 * @param plain whether accents are dropped
 * @param lower whether letters become small
 */
record BertText(boolean clean, boolean chinese, boolean plain, boolean lower) {
  private static final int REPLACEMENT = 0xFFFD;

  /** The blocks of CJK ideographs that the original implementation lists, first and last. */
  private static final int[][] IDEOGRAPHS = {
    {0x4E00, 0x9FFF},
    {0x3400, 0x4DBF},
    {0x20000, 0x2A6DF},
    {0x2A700, 0x2B73F},
    {0x2B740, 0x2B81F},
    {0x2B920, 0x2CEAF},
    {0xF900, 0xFAFF},
    {0x2F800, 0x2FA1F}
  };

  /** The words of {@code text}, in order. */
  List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    normal(text)
        .codePoints()
        .forEach(
            letter -> {
              boolean mark = isPunctuation(letter);
              if (mark || isSpace(letter)) {
                finish(words, word);
              }
              if (mark) {
                words.add(Character.toString(letter));
              } else if (!isSpace(letter)) {
                word.appendCodePoint(letter);
              }
            });
    finish(words, word);
    return words;
  }

  private static void finish(List<String> words, StringBuilder word) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private String normal(String text) {
    String normal = clean ? without(text, BertText::isControl) : text;
    if (chinese) {
      StringBuilder apart = new StringBuilder();
      normal
          .codePoints()
          .mapToObj(
              letter ->
                  isIdeograph(letter)
                      ? " " + Character.toString(letter) + " "
                      : Character.toString(letter))
          .forEach(apart::append);
      normal = apart.toString();
    }
    if (plain) {
      normal =
          without(
              Normalizer.normalize(normal, Normalizer.Form.NFD),
              letter -> Character.getType(letter) == Character.NON_SPACING_MARK);
    }
    return lower ? lowered(normal) : normal;
  }

  /** Letter by letter, as a sigma's small form must not depend on where it stands. */
  private static String lowered(String text) {
    StringBuilder lowered = new StringBuilder();
    text.codePoints()
        .mapToObj(letter -> Character.toString(letter).toLowerCase(Locale.ROOT))
        .forEach(lowered::append);
    return lowered.toString();
  }

  private static String without(String text, IntPredicate dropped) {
    return text.codePoints()
        .filter(letter -> !dropped.test(letter))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isControl(int letter) {
    int type = Character.getType(letter);
    boolean cuts = letter == '\t' || letter == '\n' || letter == '\r';
    return letter == REPLACEMENT
        || (!cuts
            && (type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.PRIVATE_USE));
  }

  /** Unicode's White_Space without the two separators of Java's own that are none. */
  private static boolean isSpace(int letter) {
    return (letter >= '\t' && letter <= '\r') || letter == 0x85 || Character.isSpaceChar(letter);
  }

  private static boolean isPunctuation(int letter) {
    if (letter < 0x80) {
      return letter > ' ' && letter < 0x7F && !Character.isLetterOrDigit(letter);
    }
    return switch (Character.getType(letter)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isIdeograph(int letter) {
    for (int[] block : IDEOGRAPHS) {
      if (letter >= block[0] && letter <= block[1]) {
        return true;
      }
    }
    return false;
  }
}
