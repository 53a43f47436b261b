package dev.pipeline.evaluate.review;

import dev.pipeline.evaluate.JudgedRow;

/** The part of the hold-out that a row belongs to; a sample holds each part's share. */
final class Stratum {
  private static final String SENTIMENT = "Supplier sentiment: ";

  private Stratum() {}

  /**
   * The supplier's sentiment, and whether a rule objects to both answers, to one or to none: rows
   * where models fail are neither missed nor sought out.
   */
  static String of(Contest.Row row) {
    String sentiment =
        row.row()
            .context()
            .lines()
            .filter(line -> line.startsWith(SENTIMENT))
            .map(line -> line.substring(SENTIMENT.length()).strip())
            .findFirst()
            .orElse("unknown");
    int faulty = (objected(row.candidate()) ? 1 : 0) + (objected(row.rival()) ? 1 : 0);
    return sentiment + ", " + faulty + " objected to";
  }

  private static boolean objected(JudgedRow row) {
    return !row.findings().style().isEmpty()
        || !row.findings().leaks().isEmpty()
        || !row.findings().copies().isEmpty();
  }
}
