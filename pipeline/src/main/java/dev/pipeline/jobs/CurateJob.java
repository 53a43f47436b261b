package dev.pipeline.jobs;

import dev.pipeline.config.CurateConfig;
import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Rejected;
import dev.pipeline.data.Sample;
import dev.pipeline.data.curate.Accepted;
import dev.pipeline.data.curate.CurationSettings;
import dev.pipeline.data.curate.Curator;
import dev.pipeline.data.curate.Dataset;
import dev.pipeline.data.curate.DatasetManifest;
import dev.pipeline.data.curate.DatasetWriter;
import dev.pipeline.data.curate.InputFile;
import dev.pipeline.data.mine.MinedItem;
import dev.pipeline.model.BaseModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.batch.core.step.Step;

/**
 * Mined rows are redacted, held to the style rules, freed of duplicates, and split: a dataset
 * version.
 */
final class CurateJob implements PipelineJob {
  static final String DATASET = "dataset";

  @Override
  public String name() {
    return "curate";
  }

  @Override
  public List<String> needs() {
    return List.of("mine");
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(config.curate(), ModelParts.ForCurating.of(config.model()));
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    return Map.of("tokenizer", tokenizer(config));
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    RowWork work =
        new RowWork(
            RowWork.Kind.CURATE,
            CodeVersion.current(),
            List.of(run.output("mine", "mined")),
            curationSettings(run.config()),
            tokenizer(run.config()));
    return Stream.concat(
            steps.rows(run, work, run.config().curate().chunkSize()).stream(),
            Stream.of(steps.recipe("dataset", () -> writeDataset(run))))
        .toList();
  }

  @Override
  public Outcome outcome(RunContext run) {
    Path curated = curated(run);
    String name = run.config().curate().datasetName();
    Path version = DatasetWriter.latest(curated, name);
    DatasetManifest manifest = DatasetWriter.manifest(version);
    String warning = manifest.warning().isEmpty() ? "" : manifest.warning() + ": ";
    return new Outcome(
        warning
            + manifest.counts().get("train")
            + " rows to learn, "
            + manifest.counts().get("validation")
            + " held out, "
            + manifest.rejected().values().stream().mapToInt(Integer::intValue).sum()
            + " left out -> "
            + version,
        Map.of(DATASET, version, "latest", curated.resolve(name).resolve(DatasetWriter.LATEST)));
  }

  private static void writeDataset(RunContext run) {
    List<Accepted> accepted =
        JsonLines.read(run.folder().resolve(CurateRows.ACCEPTED), Accepted.class);
    List<Rejected> rejected =
        Stream.concat(
                JsonLines.read(run.output("mine", "rejected"), Rejected.class).stream(),
                JsonLines.read(run.folder().resolve(CurateRows.REJECTED), Rejected.class).stream())
            .toList();
    List<InputFile> inputs = InputFile.of(RawFiles.conversations(run.config()));
    CurationSettings settings = curationSettings(run.config());
    DatasetWriter.write(
        curated(run), Dataset.assemble(inputs, accepted, rejected, settings), settings);
  }

  /** {@code rows} as they would be learnt if their identifiers were hidden. */
  static List<Sample> redacted(RunContext run, List<MinedItem> rows) {
    Curator curator = new Curator(curationSettings(run.config()).with(true, true), any -> 0);
    return rows.stream().map(curator::redacted).toList();
  }

  /** What the configuration decides about a dataset. */
  static CurationSettings curationSettings(PipelineConfig config) {
    CurateConfig curate = config.curate();
    return new CurationSettings(
        curate.datasetName(),
        curate.acceptPending(),
        curate.valSetSize(),
        config.model().seed(),
        curate.nearDuplicateThreshold(),
        curate.shingleWords(),
        Set.copyOf(curate.personas()),
        curate.redact(),
        curate.deduplicate());
  }

  private static Path curated(RunContext run) {
    return run.workspace().datasets().resolve("curated");
  }

  /** What counts tokens. */
  static Path tokenizer(PipelineConfig config) {
    return BaseModels.folder(config.model().baseModel()).resolve("tokenizer.json");
  }
}
