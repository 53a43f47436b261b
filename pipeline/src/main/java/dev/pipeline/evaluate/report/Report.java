package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.AtomicFiles;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.file.Path;

/**
 * Writes {@code report.html}: no script, no external resource, everything escaped. The same input
 * gives the same bytes.
 */
public final class Report {
  private static final String TEMPLATES = "dev.pipeline.generated.jte";

  private Report() {}

  /** Writes the page to {@code file}, atomically. */
  public static void write(
      Path file, RunFacts facts, Evaluation evaluation, Verdict verdict, TrainingLog training) {
    AtomicFiles.writeString(file, render(facts, evaluation, verdict, training));
  }

  static String render(
      RunFacts facts, Evaluation evaluation, Verdict verdict, TrainingLog training) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Report.class.getClassLoader(), TEMPLATES);
    StringOutput output = new StringOutput();
    engine.render("report.jte", ReportPage.of(facts, evaluation, verdict, training), output);
    return output.toString();
  }
}
