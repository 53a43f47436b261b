package dev.pipeline.data.redact;

import dev.pipeline.data.text.Letters;
import dev.pipeline.data.text.Words;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text's words. One pass finds where they stand; what else there is to a word is worked out when
 * it is asked for, which for most words is never.
 */
final class Tokens {
  private static final int[] NONE = {};
  private static final String OPENERS = ".!?:;…\n\"“„«(¿¡|";
  private static final String AFTER_INITIAL = ". ";
  private static final String JOINTS = "'’-";

  /** The letters and digits of ASCII, of which most words consist. */
  private static final boolean[] PLAIN = new boolean[128];

  static {
    for (char c = 0; c < PLAIN.length; c++) {
      PLAIN[c] = Character.isLetterOrDigit(c);
    }
  }

  /** Letters of a word at which a text is at first taken to be divided. */
  private static final int USUAL_WORD = 5;

  private final String text;
  private int[] starts;
  private int[] ends;
  private int size;
  private int[] joints = NONE;
  private int jointCount;
  private boolean plain = true;
  private final @Nullable Token[] made;

  private Tokens(String text) {
    this.text = text;
    this.starts = new int[text.length() / USUAL_WORD + 2];
    this.ends = new int[starts.length];
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c < PLAIN.length ? PLAIN[c] : Letters.isLetterOrNumber(text, at)) {
        int end = end(at);
        add(at, end);
        at = end;
      } else {
        plain &= c < PLAIN.length;
        at += Character.isSurrogate(c) ? Character.charCount(text.codePointAt(at)) : 1;
      }
    }
    this.made = new @Nullable Token[size];
  }

  static Tokens of(String text) {
    return new Tokens(text);
  }

  private void add(int start, int end) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    starts[size] = start;
    ends[size++] = end;
  }

  private void addJoint(int start) {
    if (jointCount == joints.length) {
      joints = Arrays.copyOf(joints, 2 * jointCount + 4);
    }
    joints[jointCount++] = start;
  }

  /** Where parts of words begin that stand behind a joint. */
  int[] joints() {
    return Arrays.copyOf(joints, jointCount);
  }

  /** Where the word begins. */
  int start(int index) {
    return starts[index];
  }

  /** Whether all of the text is ASCII, so that its words are what regular expressions call so. */
  boolean isPlain() {
    return plain;
  }

  int size() {
    return size;
  }

  /** Whether the word begins with a capital letter: asked of every word, so without making it. */
  boolean capitalised(int index) {
    return Character.isUpperCase(text.charAt(starts[index]));
  }

  Token get(int index) {
    Token token = made[index];
    if (token == null) {
      token = make(index);
      made[index] = token;
    }
    return token;
  }

  private Token make(int index) {
    int start = starts[index];
    int end = Names.withoutPossessive(text, start, ends[index]);
    int previousEnd = index == 0 ? 0 : ends[index - 1];
    boolean opens = index == 0 || (opens(previousEnd, start) && !afterInitial(index));
    return new Token(text, start, end, previousEnd, opens, end < ends[index]);
  }

  private boolean afterInitial(int index) {
    int previousEnd = ends[index - 1];
    return starts[index] - previousEnd == AFTER_INITIAL.length()
        && text.startsWith(AFTER_INITIAL, previousEnd)
        && abbreviation(index - 1);
  }

  /** Letters and numbers, with marks after the first; parts are joined by apostrophe or hyphen. */
  private int end(int start) {
    int end = partEnd(start);
    while (end < text.length()
        && JOINTS.indexOf(text.charAt(end)) >= 0
        && Letters.isLetterOrNumber(text, end + 1)) {
      addJoint(end + 1);
      end = partEnd(end + 1);
    }
    return end;
  }

  private int partEnd(int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) < PLAIN.length && PLAIN[text.charAt(end)]) {
      end++;
    }
    if (end < text.length() && text.charAt(end) >= PLAIN.length) {
      plain = false;
      return foreignEnd(start, end);
    }
    return end;
  }

  private int foreignEnd(int start, int from) {
    int end = from;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      if (!Letters.isLetterOrNumber(codePoint) && (end == start || !Letters.isMark(codePoint))) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  private boolean opens(int from, int to) {
    for (int i = from; i < to; i++) {
      if (OPENERS.indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** "B." and "Mr." do not end a sentence; "monsieur." does. */
  private boolean abbreviation(int index) {
    int end = Names.withoutPossessive(text, starts[index], ends[index]);
    int length = end - starts[index];
    return capitalised(index)
        && (length == 1
            || (length <= Names.LONGEST_ABBREVIATION
                && Names.TITLES.contains(Words.fold(text.substring(starts[index], end)))));
  }
}
