package dev.pipeline.cli;

import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/**
 * What a bar looks like: {@code sft 50% [=====> ] 5/10 (8 s, 12 s left) loss 1.5}. Where the end is
 * not known, there is no bar: {@code package (8 s) loading}.
 */
record BarLine(Pace pace) implements ProgressBarRenderer {
  private static final int WIDEST = 30;

  /** A shorter bar says less than the room it takes. */
  private static final int NARROWEST = 5;

  private static final int PER_CENT = 100;

  @Override
  public String render(ProgressState state, int columns) {
    String after = " (" + pace.words() + ") " + state.getExtraMessage();
    String line;
    if (state.isIndefinite()) {
      String counted = state.getCurrent() > 0 ? " " + state.getCurrent() : "";
      line = state.getTaskName() + counted + after;
    } else {
      long done = Math.min(state.getCurrent(), state.getMax());
      double share = (double) done / state.getMax();
      String before = state.getTaskName() + " " + (int) (share * PER_CENT) + "% ";
      String behind = done + "/" + state.getMax() + after;
      line = before + bar(share, columns - before.length() - behind.length()) + behind;
    }
    // To the end of the line, over what stood there.
    return line.length() > columns
        ? line.substring(0, columns)
        : line + " ".repeat(columns - line.length());
  }

  private static String bar(double share, int room) {
    int width = Math.min(WIDEST, room - "[] ".length());
    if (width < NARROWEST) {
      return "";
    }
    int full = (int) (share * width);
    String head = full < width ? ">" + " ".repeat(width - full - 1) : "";
    return "[" + "=".repeat(full) + head + "] ";
  }
}
