package dev.pipeline.evaluate.report;

/** Text that a model may have filled with anything, made fit for a page. */
final class Printable {
  private static final int REPLACEMENT = 0xFFFD;

  private Printable() {}

  /**
   * Shows a replacement mark where {@code text} has control characters, unpaired surrogates or
   * marks that reorder the text around them.
   */
  static String of(String text) {
    return text.codePoints()
        .map(point -> isPrintable(point) ? point : REPLACEMENT)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPrintable(int point) {
    boolean reorders = (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    int type = Character.getType(point);
    return point == '\n'
        || point == '\t'
        || (!reorders && type != Character.CONTROL && type != Character.SURROGATE);
  }
}
