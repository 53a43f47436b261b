package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.quality.QualityMeter;
import dev.pipeline.evaluate.quality.QualityTable;
import dev.pipeline.evaluate.quality.QuantisedFile;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.train.SftExamples;
import java.nio.file.Path;
import java.util.List;

/** Measures quantised files on held-out rows as training renders them. */
final class HeldOutAnswers {
  private final PipelineConfig config;
  private final StopSignal stop;
  private final Progress progress;

  HeldOutAnswers(PipelineConfig config, StopSignal stop, Progress progress) {
    this.config = config;
    this.stop = stop;
    this.progress = progress;
  }

  /**
   * Compares {@code files} with {@code whole}, the F16 file that they were made of.
   *
   * @param heldOut a file like a dataset's {@code validation.jsonl}
   * @param most rows of it to take
   * @param scratch folder for what is kept meanwhile
   */
  QualityTable measure(
      Path whole, List<QuantisedFile> files, Path heldOut, int most, Path scratch) {
    try (QualityMeter meter =
        new QualityMeter(
            new LlamaBuild(config.packaging().llamaLibrary()),
            rows(heldOut, most),
            config.model().threadCount(),
            scratch,
            (file, done, total) -> {
              stop.check();
              progress.at(done, total, "comparing " + file + " with F16");
            })) {
      return meter.measure(whole, files);
    }
  }

  private List<TrainingExample> rows(Path heldOut, int most) {
    try (ChatModel chat = BaseChat.open(config.model())) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, config.model().systemPrompt());
      int length = config.sft().batch().sequenceLen();
      return SftExamples.read(heldOut, prompt, length, most).examples();
    }
  }
}
