package dev.pipeline.documents;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

/**
 * Keys and passwords in text, which people keep beside code and must not reach a prompt. What is
 * taken out leaves its line breaks, so that the lines behind keep their numbers. Linear in the
 * text.
 */
final class Secrets {
  static final String PLACEHOLDER = "[SECRET]";

  /** An AWS secret has no mark of its own, only a length and its neighbours. */
  private static final Pattern AWS_SECRET =
      Pattern.compile("(?:^|[^A-Za-z0-9/+_.-])([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+_=-]|$)");

  private static final Pattern AWS_NEIGHBOUR =
      Pattern.compile("(?:AKIA|ASIA)[0-9A-Z]{16}|(?i:secret)");

  /** Characters; bounds the work in a line that has no end. */
  private static final int NEIGHBOURHOOD = 200;

  private Secrets() {}

  static String removedFrom(String text) {
    String clean = withoutAwsSecrets(text);
    for (SecretForm form : SecretForm.ALL) {
      clean = without(form, clean);
    }
    return clean;
  }

  private static String without(SecretForm form, String text) {
    Matcher found = form.pattern().matcher(text);
    StringBuilder clean = new StringBuilder();
    int from = 0;
    while (found.find()) {
      int group = captured(found);
      String value = text.substring(found.start(group), found.end(group));
      if (form.isSecret().test(value)) {
        clean.append(text, from, found.start(group)).append(PLACEHOLDER);
        value.chars().filter(c -> c == '\n' || c == '\r').forEach(c -> clean.append((char) c));
        from = found.end(group);
      }
    }
    return clean.append(text, from, text.length()).toString();
  }

  /** The group that took part; 0, the whole, where the form has none. */
  private static int captured(Matcher found) {
    for (int group = 1; group <= found.groupCount(); group++) {
      if (found.start(group) >= 0) {
        return group;
      }
    }
    return 0;
  }

  private static String withoutAwsSecrets(String text) {
    Matcher found = AWS_SECRET.matcher(text);
    StringBuilder clean = new StringBuilder();
    int from = 0;
    int at = 0;
    while (found.find(at)) {
      // The character behind one may be the one before the next.
      at = found.end(1);
      if (isMixed(text.substring(found.start(1), at))
          && AWS_NEIGHBOUR.matcher(around(text, found.start(1), at)).find()) {
        clean.append(text, from, found.start(1)).append(PLACEHOLDER);
        from = at;
      }
    }
    return clean.append(text, from, text.length()).toString();
  }

  /** Neither the id of a commit, which has no capitals, nor a path. */
  private static boolean isMixed(String value) {
    return value.chars().anyMatch(Character::isDigit)
        && value.chars().anyMatch(Character::isUpperCase)
        && value.chars().anyMatch(Character::isLowerCase);
  }

  /** The line before and the rest of the own. */
  private static String around(String text, int start, int end) {
    int own = text.lastIndexOf('\n', start - 1);
    int first = own <= 0 ? 0 : text.lastIndexOf('\n', own - 1) + 1;
    int next = text.indexOf('\n', end);
    int last = next < 0 ? text.length() : next;
    return text.substring(Math.max(first, start - NEIGHBOURHOOD), start)
        + " "
        + text.substring(end, Math.min(last, end + NEIGHBOURHOOD));
  }
}
