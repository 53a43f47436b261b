package dev.pipeline.documents;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;

/**
 * Keys and passwords in text, which people keep beside code and must not reach a prompt: private
 * keys, tokens with the prefixes of well-known services, and values assigned to telling names.
 * Linear in the text.
 */
final class Secrets {
  static final String PLACEHOLDER = "[SECRET]";

  private static final List<Pattern> WHOLE =
      List.of(
          Pattern.compile(
              "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)"),
          Pattern.compile(
              "\\b(hf_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}"
                  + "|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}"
                  + "|AKIA[0-9A-Z]{16}|AIza[A-Za-z0-9_-]{30,}"
                  + "|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,})"));

  /** A telling name, and what is assigned to it. */
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)([a-z0-9_.-]*(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)"
              + "[a-z0-9_-]*[\"']?[ \\t]*[:=][ \\t]*[\"']?)([^\\s\"'(){}<>,;$]{6,})");

  /** The start stays, so that a reader sees what was taken out. */
  private static final List<Pattern> AFTER =
      List.of(
          Pattern.compile("(?i)(\\bbearer[ \\t]+)[A-Za-z0-9._~+/=-]{12,}"),
          Pattern.compile("(://[^\\s/:@]+:)[^\\s/@]{3,}(?:@)"));

  /** Code assigns much to names with token and key in them; its own names have no digits. */
  private static final Pattern SURELY = Pattern.compile("(?i)pass(word|wd)|secret");

  private Secrets() {}

  static String removedFrom(String text) {
    String clean = text;
    for (Pattern secret : WHOLE) {
      clean = secret.matcher(clean).replaceAll(PLACEHOLDER);
    }
    clean = withoutAssigned(clean);
    clean = AFTER.get(0).matcher(clean).replaceAll("$1" + PLACEHOLDER);
    return AFTER.get(1).matcher(clean).replaceAll("$1" + PLACEHOLDER + "@");
  }

  private static String withoutAssigned(String text) {
    Matcher found = ASSIGNED.matcher(text);
    StringBuilder clean = new StringBuilder();
    int from = 0;
    while (found.find()) {
      boolean secret =
          SURELY.matcher(found.group(1)).find()
              || (found.group(2).length() >= 8
                  && found.group(2).chars().anyMatch(Character::isDigit));
      clean.append(text, from, secret ? found.end(1) : found.end());
      clean.append(secret ? PLACEHOLDER : "");
      from = found.end();
    }
    return clean.append(text.substring(from)).toString();
  }
}
