package dev.pipeline.jobs;

import dev.pipeline.chat.Tokenizer;
import dev.pipeline.config.CurateConfig;
import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.PreferencesConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Sample;
import dev.pipeline.data.VersionFolder;
import dev.pipeline.data.curate.InputFile;
import dev.pipeline.data.prefer.AcceptedPair;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.PairOutcome;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.prefer.RejectedPair;
import dev.pipeline.data.prefer.assemble.PairCurator;
import dev.pipeline.data.prefer.assemble.PreferenceManifest;
import dev.pipeline.data.prefer.assemble.PreferenceSet;
import dev.pipeline.data.prefer.assemble.PreferenceSettings;
import dev.pipeline.data.prefer.assemble.PreferenceWriter;
import dev.pipeline.data.prefer.assemble.SyntheticRows;
import dev.pipeline.data.prefer.assemble.TunedRows;
import dev.pipeline.data.prefer.lint.LintWarning;
import dev.pipeline.data.prefer.read.PairReader;
import dev.pipeline.data.read.RawLine;
import dev.pipeline.model.BaseModels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.batch.core.step.Step;

/**
 * Notes, transcripts, feedback and spoilt or sampled answers to curated rows become pairs of a
 * better and a worse answer: redacted, tagged, freed of duplicates, split as the rows are.
 */
final class PreferencesJob implements PipelineJob {
  static final String DATASET = "dataset";

  /** Where the pairs come from, in the order in which the first of several duplicates stays. */
  private static final List<String> PARTS = List.of("captured", "spoilt", "sampled", "on-policy");

  @Override
  public String name() {
    return "preferences";
  }

  @Override
  public List<String> needs() {
    return List.of("curate", "sft");
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    // The base model answers under the settings that training has for it.
    return List.of(
        config.preferences(),
        config.curate(),
        config.sft().batch(),
        config.sft().lora(),
        ModelParts.ForCurating.of(config.model()),
        ModelParts.ForTraining.of(config.model()));
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("base", BaseModels.folder(config.model().baseModel()));
    RawFiles.preferences(config)
        .forEach(file -> files.put(String.valueOf(file.getFileName()), file));
    return files;
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    List<RawLine> lines = PairReader.lines(RawFiles.preferences(run.config()));
    PairCurator curator = new PairCurator(Set.copyOf(run.config().curate().personas()));
    SyntheticRows synthetic =
        new SyntheticRows(tunedRows(run), settings(run), PairReader.ids(lines));
    SampledAnswers sampled = SampledAnswers.ofBase(run, synthetic.sampled());
    SampledAnswers onPolicy = SampledAnswers.ofTuned(run, synthetic.onPolicy());
    return List.of(
        step(steps, run, "captured", () -> lines, line -> captured(curator, line)),
        step(
            steps,
            run,
            "spoilt",
            synthetic::spoilt,
            row -> lines("spoilt", curator, synthetic.spoil(row))),
        steps.recipe("answers", sampled::write),
        answered(steps, run, curator, sampled, Origin.SAMPLED),
        steps.recipe("on-policy-answers", onPolicy::write),
        answered(steps, run, curator, onPolicy, Origin.ON_POLICY),
        steps.recipe("dataset", () -> writeDataset(run)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    Path preferences = preferences(run);
    String name = run.config().preferences().preferencesName();
    Path version = PreferenceWriter.latest(preferences, name);
    PreferenceManifest manifest = PreferenceWriter.manifest(version);
    StringBuilder summary = new StringBuilder();
    summary.append(manifest.counts().get("train")).append(" pairs to learn, ");
    summary.append(manifest.counts().get("validation")).append(" held out, ");
    summary.append(manifest.counts().get("rejected")).append(" left out");
    summary.append(" (").append(VersionFolder.REJECTED).append(")");
    for (LintWarning warning : manifest.warnings()) {
      summary.append("\n  warning: ").append(warning.rule()).append(": ").append(warning.message());
    }
    summary.append(manifest.warnings().isEmpty() ? " -> " : "\n  -> ").append(version);
    return new Outcome(
        summary.toString(),
        Map.of(
            DATASET, version, "latest", preferences.resolve(name).resolve(VersionFolder.LATEST)));
  }

  /** A chunked step whose items become lines of {@code part}'s two files. */
  private static <T> Step step(
      JobSteps steps,
      RunContext run,
      String part,
      Supplier<List<T>> items,
      Function<T, List<Line>> work) {
    return steps.chunks(
        part,
        run.config().curate().chunkSize(),
        new CountingReader<>(() -> items.get().iterator(), 0, part + " pairs", run.progress()),
        work::apply,
        new LinesWriter(run.folder(), accepted(part), rejected(part)));
  }

  private static Step answered(
      JobSteps steps, RunContext run, PairCurator curator, SampledAnswers answers, Origin origin) {
    return step(
        steps,
        run,
        origin.word(),
        answers::read,
        answered ->
            lines(
                origin.word(),
                curator,
                List.of(SyntheticRows.answered(answered.row(), answered.answer(), origin))));
  }

  private static List<Line> captured(PairCurator curator, RawLine line) {
    PairReader.Reading reading = PairReader.read(line);
    List<Line> lines = new ArrayList<>(lines("captured", curator, reading.pairs()));
    reading.rejected().ifPresent(row -> lines.add(new Line(rejected("captured"), row)));
    return lines;
  }

  private static List<Line> lines(String part, PairCurator curator, List<RawPair> pairs) {
    List<Line> lines = new ArrayList<>();
    for (RawPair pair : pairs) {
      PairOutcome outcome = curator.curate(pair);
      lines.add(
          outcome instanceof PairOutcome.Kept kept
              ? new Line(accepted(part), kept.accepted())
              : new Line(rejected(part), ((PairOutcome.Dropped) outcome).rejected()));
    }
    return lines;
  }

  private static void writeDataset(RunContext run) {
    List<AcceptedPair> accepted = new ArrayList<>();
    List<RejectedPair> rejected = new ArrayList<>();
    for (String part : PARTS) {
      accepted.addAll(JsonLines.read(run.folder().resolve(accepted(part)), AcceptedPair.class));
      rejected.addAll(JsonLines.read(run.folder().resolve(rejected(part)), RejectedPair.class));
    }
    List<InputFile> inputs = InputFile.of(RawFiles.preferences(run.config()));
    PreferenceSettings settings = settings(run);
    try (Tokenizer tokens =
        Tokenizer.open(
            BaseModels.folder(run.config().model().baseModel()).resolve("tokenizer.json"))) {
      PreferenceSet set =
          PreferenceSet.assemble(
              inputs, accepted, rejected, tunedRows(run), settings, tokens::count);
      PreferenceWriter.write(preferences(run), set, settings);
    }
  }

  private static TunedRows tunedRows(RunContext run) {
    Path curated = run.output("curate", CurateJob.DATASET);
    return new TunedRows(
        String.valueOf(curated.getFileName()),
        JsonLines.read(curated.resolve(VersionFolder.TRAIN), Sample.class),
        JsonLines.read(curated.resolve(VersionFolder.VALIDATION), Sample.class));
  }

  private static PreferenceSettings settings(RunContext run) {
    PreferencesConfig preferences = run.config().preferences();
    CurateConfig curate = run.config().curate();
    return new PreferenceSettings(
        preferences.preferencesName(),
        preferences.heldOutShare(),
        run.config().model().seed(),
        curate.nearDuplicateThreshold(),
        curate.shingleWords(),
        Set.copyOf(curate.personas()),
        preferences.corruptionsPerRow(),
        preferences.spoiltRows(),
        preferences.sampledRows(),
        preferences.samplingTemperature(),
        preferences.onPolicyRows(),
        preferences.onPolicyTemperature());
  }

  private static Path preferences(RunContext run) {
    return run.workspace().datasets().resolve("preferences");
  }

  private static String accepted(String part) {
    return part + "-accepted.jsonl";
  }

  private static String rejected(String part) {
    return part + "-rejected.jsonl";
  }
}
