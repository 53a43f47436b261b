package dev.pipeline.fetch;

/** What a server or a person said, fit for one line of a terminal. */
final class Printable {
  private static final int LONGEST = 200;

  private Printable() {}

  /** {@code text} without control characters, and not longer than a few lines. */
  static String of(String text) {
    String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]+", " ").strip();
    return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "..." : clean;
  }
}
