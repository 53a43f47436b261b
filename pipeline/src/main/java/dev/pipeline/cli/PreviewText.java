package dev.pipeline.cli;

import dev.pipeline.train.RowPreview;

/**
 * A training row on the terminal: what is learned in green, the rest in grey, neighbouring tokens
 * in two shades. Elsewhere, learned tokens stand in brackets.
 *
 * @param colours whether the terminal shows colours
 */
record PreviewText(boolean colours) {
  private static final String RESET = "\u001b[0m";
  private static final String[] LEARNED = {"\u001b[32m", "\u001b[92m"};
  private static final String[] GIVEN = {"\u001b[90m", "\u001b[37m"};

  /** Facts first, one a line, then the row. */
  String of(RowPreview row) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%d tokens: %d given, %d learned (%s)%n"
            .formatted(
                row.ids().size(),
                row.ids().size() - row.trainedTokens(),
                row.trainedTokens(),
                colours ? "green" : "in brackets"));
    text.append("beginning token: ").append(beginning(row.beginnings())).append('\n');
    text.append("terminator: ").append(terminator(row)).append('\n');
    text.append("context: ").append(context(row)).append("\n\n");
    for (int i = 0; i < row.ids().size(); i++) {
      text.append(token(Printable.of(row.tokens().get(i)), row.mask().get(i) == 1, i % 2));
    }
    return text.append('\n').toString();
  }

  private static String beginning(int count) {
    return switch (count) {
      case 0 -> "none";
      case 1 -> "one";
      default -> count + ", of which only one should be there: correct chat_template";
    };
  }

  private static String terminator(RowPreview row) {
    if (row.terminator().isEmpty()) {
      return "NONE: the chat template writes none after an answer";
    }
    return row.terminator() + (row.terminatorTrained() ? ", learned" : ", NOT learned");
  }

  private static String context(RowPreview row) {
    if (!row.fits()) {
      return "TOO LONG for sequence_len even without it: the row is left out";
    }
    return row.shortened() ? "shortened to fit sequence_len" : "whole";
  }

  private String token(String text, boolean learned, int shade) {
    if (colours) {
      return (learned ? LEARNED : GIVEN)[shade] + text + RESET;
    }
    return learned ? "[" + text + "]" : text;
  }
}
