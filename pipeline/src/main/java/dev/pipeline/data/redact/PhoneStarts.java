package dev.pipeline.data.redact;

/** Where the patterns of telephone numbers may match. */
final class PhoneStarts {
  private static final int FIRST_GROUP = 5;
  private static final int LONGEST_UNDIVIDED = 17;
  private static final int FEWEST_UNDIVIDED = 9;

  private PhoneStarts() {}

  /** A plus or two zeros, then a digit that is none. */
  static int international(String text, int from) {
    for (int i = Starts.nextDigit(text, from + 1); i >= 0; i = Starts.nextDigit(text, i + 1)) {
      if (text.charAt(i) != '0') {
        if (text.charAt(i - 1) == '+' && i - 1 >= from) {
          return i - 1;
        }
        if (i - 2 >= from && text.charAt(i - 1) == '0' && text.charAt(i - 2) == '0') {
          return i - 2;
        }
      }
    }
    return -1;
  }

  /** Two digits or more, perhaps in brackets, and two more behind a gap. */
  static int national(String text, int from) {
    int at = Starts.nextDigit(text, from);
    while (at >= 0) {
      int end = Starts.digitsEnd(text, at);
      if (end - at >= 2 && gapAndDigits(text, end)) {
        int start = Math.max(at, end - FIRST_GROUP);
        return start == at && at > from && text.charAt(at - 1) == '(' ? at - 1 : start;
      }
      at = Starts.nextDigit(text, end);
    }
    return -1;
  }

  private static boolean gapAndDigits(String text, int end) {
    int at = end < text.length() && text.charAt(end) == ')' ? end + 1 : end;
    for (int gap = 1; gap <= 2 && isGap(text, at + gap - 1); gap++) {
      if (Starts.digit(text, at + gap) && Starts.digit(text, at + gap + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isGap(String text, int at) {
    return at < text.length() && " ./-".indexOf(text.charAt(at)) >= 0;
  }

  /** A trunk zero with enough digits after it. */
  static int undivided(String text, int from) {
    for (int i = Starts.nextDigit(text, from); i >= 0; i = Starts.nextDigit(text, i + 1)) {
      if (text.charAt(i) == '0' && Starts.digit(text, i + 1) && enough(text, i)) {
        return i > from && text.charAt(i - 1) == '(' ? i - 1 : i;
      }
    }
    return -1;
  }

  private static boolean enough(String text, int start) {
    int digits = 0;
    for (int i = start; i < Math.min(text.length(), start + LONGEST_UNDIVIDED); i++) {
      digits += Starts.digit(text, i) ? 1 : 0;
    }
    return digits >= FEWEST_UNDIVIDED;
  }
}
