package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.SftConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Sample;
import dev.pipeline.data.curate.DatasetWriter;
import dev.pipeline.model.BaseModels;
import dev.pipeline.train.SftRow;
import dev.pipeline.train.TrainingSettings;
import dev.pipeline.train.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows a run would learn from, as far as they can be known before it.
 *
 * @param description where they come from
 * @param known whether there are so many; else the workload is a single step's
 * @param meanTokens tokens of a row
 */
public record TrainingRows(String description, boolean known, int meanTokens, Workload workload) {
  /** Rows to render at most, nearly: a render takes milliseconds, and data may be large. */
  private static final int RENDERED = 100;

  /** What a person says of them. */
  public record Given(@Nullable Integer rows, @Nullable Integer meanTokens) {}

  static TrainingRows of(PipelineConfig config, Given given) {
    Path curated = Workspace.of(config.model()).datasets().resolve("curated");
    String name = config.curate().datasetName();
    boolean said = given.rows() != null || given.meanTokens() != null;
    if (!said
        && canRender(config)
        && Files.exists(curated.resolve(name).resolve(DatasetWriter.LATEST))) {
      return counted(config, DatasetWriter.latest(curated, name));
    }
    SftConfig sft = config.sft();
    int step = sft.batch().effectiveBatchSize();
    int rows = given.rows() == null ? step : given.rows();
    int tokens = given.meanTokens() == null ? sft.batch().sequenceLen() : given.meanTokens();
    TrainingSettings settings = TrainingSettingsOf.sft(config.model().seed(), rows, sft);
    String description = "%,d rows of %,d tokens, no padding counted".formatted(rows, tokens);
    return new TrainingRows(
        description, given.rows() != null, tokens, Workload.even(rows, tokens, settings));
  }

  /** A folder that holds no more than a config can be sized, too. */
  private static boolean canRender(PipelineConfig config) {
    return Files.exists(
        BaseModels.folder(config.model().baseModel()).resolve("tokenizer_config.json"));
  }

  private static TrainingRows counted(PipelineConfig config, Path dataset) {
    ModelConfig model = config.model();
    SftConfig sft = config.sft();
    try (ChatModel chat = BaseChat.open(model)) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, model.systemPrompt());
      List<TrainingExample> rows = lengths(dataset.resolve(DatasetWriter.TRAIN), prompt, sft);
      List<TrainingExample> holdOut =
          lengths(dataset.resolve(DatasetWriter.VALIDATION), prompt, sft);
      TrainingSettings settings = TrainingSettingsOf.sft(model.seed(), rows.size(), sft);
      Workload work = Workload.of(rows, holdOut, settings);
      int mean = (int) (work.tokens() / settings.epochs() / rows.size());
      String description =
          String.format(
              Locale.ROOT, "%,d rows of about %,d tokens, of %s", rows.size(), mean, dataset);
      return new TrainingRows(description, true, mean, work);
    }
  }

  /** As many rows as a run takes of the file; some are rendered and stand for their neighbours. */
  private static List<TrainingExample> lengths(Path file, NegotiationPrompt prompt, SftConfig sft) {
    List<Sample> all = JsonLines.read(file, Sample.class);
    int most = sft.maxRows() == 0 ? all.size() : sft.maxRows();
    List<Sample> rows = all.subList(0, Math.min(most, all.size()));
    int length = sft.batch().sequenceLen();
    int apart = Math.max(1, rows.size() / RENDERED);
    List<TrainingExample> rendered =
        IntStream.range(0, (rows.size() + apart - 1) / apart)
            .mapToObj(i -> SftRow.of(rows.get(i * apart), prompt, length).example())
            .toList();
    return IntStream.range(0, rows.size()).mapToObj(i -> rendered.get(i / apart)).toList();
  }
}
