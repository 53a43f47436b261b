package dev.pipeline.evaluate.report;

import dev.pipeline.evaluate.drift.Baseline;
import dev.pipeline.evaluate.drift.DriftDay;
import dev.pipeline.evaluate.drift.Transcript;
import dev.pipeline.io.AtomicFiles;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.file.Path;
import java.util.List;

/** Writes the page over all days on which drift was looked for; no script, everything escaped. */
public final class DriftReport {
  private static final String TEMPLATES = "dev.pipeline.generated.jte";

  private DriftReport() {}

  /**
   * Writes the page to {@code file}, atomically.
   *
   * @param days by day, at least one; the last is today
   */
  public static void write(
      Path file, String model, List<DriftDay> days, Baseline baseline, List<Transcript> today) {
    TemplateEngine engine =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, DriftReport.class.getClassLoader(), TEMPLATES);
    StringOutput output = new StringOutput();
    engine.render("drift.jte", DriftPage.of(model, days, baseline, today), output);
    AtomicFiles.writeString(file, output.toString());
  }
}
