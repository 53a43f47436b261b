package dev.pipeline.documents;

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

  /** The name stays, so that a reader sees what was taken out. */
  private static final List<Pattern> VALUES =
      List.of(
          Pattern.compile(
              "(?i)([a-z0-9_.-]*(?:password|passwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key)"
                  + "[a-z0-9_-]*[\"']?[ \\t]*[:=][ \\t]*[\"']?)[^\\s\"'(){}<>,;$]{6,}"),
          Pattern.compile("(?i)(\\bbearer[ \\t]+)[A-Za-z0-9._~+/=-]{12,}"),
          Pattern.compile("(://[^\\s/:@]+:)[^\\s/@]{3,}(?:@)"));

  private Secrets() {}

  static String removedFrom(String text) {
    String clean = text;
    for (Pattern secret : WHOLE) {
      clean = secret.matcher(clean).replaceAll(PLACEHOLDER);
    }
    clean = VALUES.get(0).matcher(clean).replaceAll("$1" + PLACEHOLDER);
    clean = VALUES.get(1).matcher(clean).replaceAll("$1" + PLACEHOLDER);
    return VALUES.get(2).matcher(clean).replaceAll("$1" + PLACEHOLDER + "@");
  }
}
