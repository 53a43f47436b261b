package dev.pipeline.cli;

import dev.pipeline.data.feedback.Feedback;
import dev.pipeline.data.feedback.FeedbackDrop;
import dev.pipeline.data.feedback.Opinion;
import java.util.Locale;
import java.util.Objects;

/** Feedback as people read it on a terminal. */
final class FeedbackText {
  private static final int WIDTH = 60;

  private FeedbackText() {}

  /** One line: when, which, what. */
  static String line(Feedback feedback) {
    Opinion opinion = feedback.opinion();
    return String.format(
        Locale.ROOT,
        "%s  %-20s  %-4s %-6s  %s",
        feedback.received(),
        feedback.id(),
        opinion.thumb().word(),
        opinion.edit() == null ? "" : "edited",
        shortened(Objects.requireNonNullElse(opinion.comment(), opinion.answer())));
  }

  /** What a file gave, and the lines that it could not give. */
  static String of(FeedbackDrop.Taken taken) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %d kept, %d known before, %d set aside%n"
            .formatted(
                Printable.line(taken.file()), taken.kept(), taken.known(), taken.aside().size()));
    for (FeedbackDrop.Aside aside : taken.aside()) {
      text.append("  line %d: %s%n".formatted(aside.line(), aside.reason()));
    }
    return text.toString();
  }

  private static String shortened(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
  }
}
