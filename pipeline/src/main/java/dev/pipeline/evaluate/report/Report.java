package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.Evaluation;
import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.io.AtomicFiles;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Writes {@code report.html}: no script, no external resource, everything escaped. The same input
 * gives the same bytes.
 */
public final class Report {
  private static final String TEMPLATES = "dev.pipeline.generated.jte";

  private final int samples;

  /** A report that shows the answers to at most {@code samples} rows. */
  public Report(int samples) {
    this.samples = samples;
  }

  /**
   * Writes the page to {@code file}, atomically.
   *
   * @param quantisations what the packaged files cost, where that was measured
   */
  public void write(
      Path file,
      RunFacts facts,
      Evaluation evaluation,
      Verdict verdict,
      Training training,
      Optional<QuantisationTable> quantisations) {
    AtomicFiles.writeString(file, render(facts, evaluation, verdict, training, quantisations));
  }

  String render(
      RunFacts facts,
      Evaluation evaluation,
      Verdict verdict,
      Training training,
      Optional<QuantisationTable> quantisations) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Report.class.getClassLoader(), TEMPLATES);
    StringOutput output = new StringOutput();
    ReportPage page = ReportPage.of(facts, evaluation, verdict, training, quantisations, samples);
    engine.render("report.jte", page, output);
    return output.toString();
  }
}
