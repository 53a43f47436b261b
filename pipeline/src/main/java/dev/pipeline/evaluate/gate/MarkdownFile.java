package dev.pipeline.evaluate.gate;

import dev.pipeline.io.AtomicFiles;
import java.nio.file.Path;
import java.util.Optional;

/** A verdict as Markdown, for the page of a CI run or a comment on a change. */
public final class MarkdownFile {
  private MarkdownFile() {}

  /** Writes {@code verdict} over the run called {@code run} to {@code file}, atomically. */
  public static void write(Path file, String run, Optional<String> baseline, Verdict verdict) {
    AtomicFiles.writeString(file, text(run, baseline, verdict));
  }

  static String text(String run, Optional<String> baseline, Verdict verdict) {
    StringBuilder text = new StringBuilder();
    text.append("## Gate ").append(verdict.pass() ? "passed" : "failed");
    text.append(": ").append(escape(run)).append("\n\n");
    text.append(
        baseline
            .map(name -> "Regressions are measured against " + escape(name) + ".")
            .orElse("There is no earlier model, so that regressions were not judged."));
    text.append("\n\n| | bound | measured | must be |\n| --- | --- | --- | --- |\n");
    for (Check check : verdict.checks()) {
      text.append("| ").append(check.pass() ? "✓" : "✗ **fails**");
      text.append(" | ").append(escape(check.label()));
      text.append(" | ").append(escape(check.measuredText()));
      text.append(" | ").append(escape(check.boundText())).append(" |\n");
    }
    return text.toString();
  }

  private static String escape(String text) {
    return text.replaceAll("([\\\\|`*_<>\\[\\]])", "\\\\$1").replaceAll("\\s+", " ");
  }
}
