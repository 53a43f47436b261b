package dev.pipeline.documents;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.function.Predicate;

/**
 * How a secret looks. What stands before it stays, so that a reader sees what was taken out.
 *
 * @param pattern the secret is the group that takes part, or the whole where there is none
 * @param isSecret the last word on what was found
 */
record SecretForm(Pattern pattern, Predicate<String> isSecret) {
  /** Where a script takes a value from, or a reader is to put one. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$[A-Z_][A-Z0-9_]*|\\$?\\{\\{?[^{}]*\\}?\\}|\\$\\([^)]*\\)|%[A-Z_]+%|<[^<>]*>|\\*+");

  private static final String SURELY = "pass(?:word|wd|wort|phrase)|kennwort|secret";
  private static final String PERHAPS = "token|api[_-]?key|access[_-]?key|private[_-]?key";

  /** What divides a name and its value; a type may stand between them. */
  private static final String ASSIGNED =
      "[a-z0-9_-]*(?:\\\\?[\"'`])?[ \\t]*(?::[ \\t]*[a-z_.?]+[ \\t]*=|:=|=>|==?|:)[ \\t]*";

  private static final String VALUE =
      "(?:\\\\\"([^\"\\\\\\r\\n]{6,})\\\\\"|"
          + quoted(6)
          + "|[\"'`]?([^\\s\"'`(){}<>,;$][^\\s\"'`(){}<>,;]{5,}))";

  /** What stands as a word of its own in a command. */
  private static final String ARGUMENT = "(?:" + quoted(3) + "|([^\\s\"'`]{3,}))";

  private static final String SPACE = "(?:[ \\t]|\\\\\\r?\\n)+";
  private static final String OPTION =
      "(?:" + SPACE + "-\\S+(?:" + SPACE + "[^-\\s\\\\]\\S*){0,2})";

  private static final String SAID =
      "(?i)\\b(?:pass(?:word|wd|wort|phrase)|kennwort)(?:[ \\t]+(?:for|für)[ \\t]+\\S+)?"
          + "[ \\t]+(?:is|was|ist|war|lautet)[ \\t]*:?[ \\t]+";

  /** How passwords are kept or how long they are, which prose says of them. */
  private static final Pattern ABOUT_PASSWORDS =
      Pattern.compile(
          "(?i)(?:sha|md|utf|base|aes|rsa|[bs]crypt|argon|pbkdf|iso)[-_]?[0-9]+[a-z]?(?:[-/].*)?"
              + "|[0-9]+-[a-z]+");

  private static final Pattern DIGIT_OR_SIGN = Pattern.compile("[0-9!@#$%^&*+=~]");

  /** In the order in which they are taken out. */
  static final List<SecretForm> ALL =
      List.of(
          of(
              "(?s)-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----.*?"
                  + "(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|\\z)"),
          of(
              "\\b(?:hf_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}"
                  + "|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,}"
                  + "|[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|AGE-SECRET-KEY-1[A-Za-z0-9]{16,}"
                  + "|[0-9]{8,10}:AA[A-Za-z0-9_-]{20,}"
                  + "|A[KS]IA[0-9A-Z]{16}|AIza[A-Za-z0-9_-]{30,}"
                  + "|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{4,})"),
          of("hooks\\.slack\\.com/services/(T[A-Za-z0-9_]+/B[A-Za-z0-9_]+/[A-Za-z0-9_]+)"),
          // Connection strings of Azure; SharedAccessKeyName is none.
          of("(?i)\\b(?:Account|SharedAccess)Key[ \\t]*=[ \\t]*([A-Za-z0-9+/]{16,}={0,2})"),
          of("(?i)[?&]sig=([A-Za-z0-9%+/=_-]{20,})"),
          new SecretForm(
              Pattern.compile("(?i)(?:" + SURELY + ")" + ASSIGNED + VALUE),
              SecretForm::isNoReference),
          new SecretForm(
              Pattern.compile("(?i)(?:" + PERHAPS + ")" + ASSIGNED + VALUE),
              SecretForm::isNoNameOfCode),
          of(SAID + quoted(4)),
          new SecretForm(
              Pattern.compile(SAID + "([^\\s\"'`]{4,}[^\\s\"'`.,;:)])"), SecretForm::isNoProse),
          of("(?i)\\bbearer[ \\t]+([A-Za-z0-9._~+/=-]{12,})"),
          of(
              "(?i)\\bauthorization\\\\?[\"'`]?[ \\t]*[:=,][ \\t]*\\\\?[\"'`]?basic[ \\t]+"
                  + "([A-Za-z0-9+/_-]{6,}={0,2})"),
          of("://[^\\s/:@]*:([^\\s/@]{3,})@"),
          of(
              "\\bcurl\\b(?:[^\\n\\\\]|\\\\\\r?\\n|\\\\.)*?[ \\t](?:-[uU](?:"
                  + SPACE
                  + ")?|--(?:proxy-)?user(?:"
                  + SPACE
                  + "|=))(?:\"[^\\s:\"']+:([^\"\\n]+)\"|'[^\\s:\"']+:([^'\\n]+)'"
                  + "|[^\\s:\"']+:([^\\s\"'`]+))"),
          // One word may stand first, the name of a database, but then prose has no option yet.
          of(
              "\\b(?:mysql(?:dump|admin|import|check|show)?|mariadb(?:-dump|-admin)?)(?:"
                  + OPTION
                  + "*?|"
                  + SPACE
                  + "\\w+"
                  + OPTION
                  + "+?)"
                  + SPACE
                  + "-p"
                  + ARGUMENT),
          // The file .netrc.
          of("\\bmachine\\s+\\S+\\s+login\\s+\\S+\\s+password\\s+(\\S+)"),
          of("(?i)sess(?:ion)?(?:[_-]?id)?=[\"']?([0-9a-f]{16,})"),
          // Nothing but words of a login between, because commits have such ids as well.
          of(
              "(?i)\\bwandb[a-z0-9_.]*(?:[ \\t\"'`:=(,-]+(?:login|api|key|apikey|api[_-]key|token|is"
                  + "|relogin|my|the))*[ \\t\"'`:=(,-]*[ \\t\"'`:=]([0-9a-f]{40})\\b"));

  private static SecretForm of(String pattern) {
    return new SecretForm(Pattern.compile(pattern), SecretForm::isNoReference);
  }

  /** To the closing quote, at least {@code shortest} characters. */
  private static String quoted(int shortest) {
    String any = "{" + shortest + ",}";
    return "\"((?:[^\"\\\\\\r\\n]|\\\\.)#)\"|'((?:[^'\\\\\\r\\n]|\\\\.)#)'|`([^`\\r\\n]#)`"
        .replace("#", any);
  }

  private static boolean isNoReference(String value) {
    return !REFERENCE.matcher(value).matches();
  }

  /** Code assigns much to names with token and key in them; its own names have no digits. */
  private static boolean isNoNameOfCode(String value) {
    return isNoReference(value)
        && value.length() >= 8
        && value.chars().anyMatch(Character::isDigit)
        && value.chars().noneMatch(Character::isWhitespace);
  }

  private static boolean isNoProse(String value) {
    return isNoReference(value)
        && DIGIT_OR_SIGN.matcher(value).find()
        && !ABOUT_PASSWORDS.matcher(value).matches();
  }
}
