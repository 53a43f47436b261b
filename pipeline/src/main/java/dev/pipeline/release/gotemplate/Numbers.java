package dev.pipeline.release.gotemplate;

/** Number constants: whole numbers in Go's notations; others are refused. */
final class Numbers {
  private Numbers() {}

  static Long of(String text) {
    String digits = text.replace("_", "");
    try {
      return Long.decode(digits.startsWith("0o") ? "0" + digits.substring(2) : digits);
    } catch (NumberFormatException e) {
      throw new GoTemplateException("the number " + text + " is not known here");
    }
  }
}
