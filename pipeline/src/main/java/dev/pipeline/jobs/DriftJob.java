package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.embed.Embedders;
import dev.pipeline.evaluate.drift.Baseline;
import dev.pipeline.evaluate.drift.DriftDay;
import dev.pipeline.evaluate.drift.DriftDetector;
import dev.pipeline.evaluate.drift.DriftFinding;
import dev.pipeline.evaluate.drift.DriftFolder;
import dev.pipeline.evaluate.drift.Rounded;
import dev.pipeline.evaluate.drift.Transcript;
import dev.pipeline.evaluate.report.DriftReport;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.release.Release;
import dev.pipeline.release.ReleaseLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.batch.core.step.Step;

/** The day's answers are held against the baseline's, which {@link Drift} saw to. */
final class DriftJob implements PipelineJob {
  static final String NAME = "drift";
  static final String FINDING = "finding";

  private static final String FILE = "drift.json";
  private static final int PERCENT = 100;

  private final LocalDate day;

  /** The look of {@code day}. */
  DriftJob(LocalDate day) {
    this.day = day;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> needs() {
    return List.of(TranscriptsJob.NAME);
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(new DriftDate(day.toString()), config.drift());
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    return Map.of("baseline", folder(config).baselineFile());
  }

  @Override
  public boolean stands(PipelineConfig config, Path folder) {
    return folder(config).tells(RunFiles.read(folder.resolve(FILE), DriftDay.class));
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    return List.of(steps.recipe("compare", () -> compare(run)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    Path file = run.folder().resolve(FILE);
    DriftDay found = RunFiles.read(file, DriftDay.class);
    return new Outcome(
        words(found) + " -> " + folder(run.config()).report(), Map.of(FINDING, file));
  }

  /** The model's folder of baselines and findings. */
  static DriftFolder folder(PipelineConfig config) {
    return new DriftFolder(Workspace.of(config.model()).model().resolve(NAME));
  }

  /** The answers of a day as a baseline. */
  static Baseline baseline(PipelineConfig config, LocalDate day, Path transcripts) {
    return new Baseline(
        day.toString(),
        Hashes.sha256(TranscriptsJob.served(config)),
        current(config).map(Release::version).orElse(null),
        JsonLines.read(transcripts, Transcript.class));
  }

  private void compare(RunContext run) {
    PipelineConfig config = run.config();
    DriftFolder folder = folder(config);
    Path transcripts = run.output(TranscriptsJob.NAME, TranscriptsJob.NAME);
    Baseline baseline = folder.baseline().orElseThrow();
    List<Transcript> today = JsonLines.read(transcripts, Transcript.class);
    DriftFinding finding =
        new DriftDetector(config.drift().threshold(), Embedders.of(config.memory()))
            .compare(baseline.transcripts(), today);
    DriftDay found =
        new DriftDay(
            day.toString(),
            Hashes.sha256(TranscriptsJob.served(config)),
            current(config).map(Release::version).orElse(null),
            baseline.day(),
            baseline.transcripts().equals(today) ? true : null,
            finding);
    List<DriftDay> days = folder.add(found);
    DriftReport.write(folder.report(), config.model().modelName(), days, baseline, today);
    Learnings.tellDrift(config, found, Instant.now());
    AtomicFiles.writeString(run.folder().resolve(FILE), Json.pretty(found));
  }

  /** A day's finding in a sentence. */
  static String words(DriftDay day) {
    DriftFinding finding = day.finding();
    if (day.recordsBaseline()) {
      return String.format(Locale.ROOT, "baseline of %d prompts recorded", finding.prompts());
    }
    return String.format(
        Locale.ROOT,
        "%s: the rubric fell by %.1f %%, at least %.1f %%, since %s; %.0f %% are allowed",
        finding.drift() ? "DRIFT" : "no drift",
        Rounded.of(PERCENT * finding.fall(), 1),
        Rounded.of(PERCENT * finding.fallAtLeast(), 1),
        day.baseline(),
        PERCENT * finding.threshold());
  }

  private static Optional<Release> current(PipelineConfig config) {
    Path model = Workspace.of(config.model()).model();
    return Files.isDirectory(model) ? new ReleaseLog(model).current() : Optional.empty();
  }
}
