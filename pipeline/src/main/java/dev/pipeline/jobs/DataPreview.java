package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Sample;
import dev.pipeline.data.curate.DatasetWriter;
import dev.pipeline.io.Failure;
import dev.pipeline.train.RowPreview;
import dev.pipeline.train.SftRow;
import java.nio.file.Path;
import java.util.List;

/** A training row, rendered and masked as training does it. */
public final class DataPreview {
  private DataPreview() {}

  /** Rows that are trained on: those of the newest dataset. */
  public static Path trainingRows(PipelineConfig config) {
    Path curated = Workspace.of(config.model()).datasets().resolve("curated");
    return DatasetWriter.latest(curated, config.curate().datasetName())
        .resolve(DatasetWriter.TRAIN);
  }

  /**
   * Looks at one row.
   *
   * @param rows a file like a dataset's {@code train.jsonl}
   * @param number line of the row, from 1
   */
  public static RowPreview of(PipelineConfig config, Path rows, int number) {
    ModelConfig model = config.model();
    List<Sample> samples = JsonLines.read(rows, Sample.class);
    if (samples.isEmpty()) {
      throw Failure.refused(rows + " has no rows", "give a file like a dataset's train.jsonl");
    }
    if (number < 1 || number > samples.size()) {
      throw Failure.usage(
          rows + " has no row " + number, "ask for a row from 1 to " + samples.size());
    }
    try (ChatModel chat = BaseChat.open(model)) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, model.systemPrompt());
      SftRow row = SftRow.of(samples.get(number - 1), prompt, config.sft().batch().sequenceLen());
      return RowPreview.of(chat, row, model.base().stopWords());
    }
  }
}
