package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.BaseModels;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Torch;
import dev.pipeline.train.RowLoss;
import dev.pipeline.train.SftExamples;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The loss of curated rows one by one, rendered and computed as training does. */
public final class LossInspection {
  private LossInspection() {}

  /**
   * Inspects the configured base, in the configured precision.
   *
   * @param rows a file like a dataset's {@code train.jsonl}
   * @param adapter folder of an adapter, or null for the base alone
   */
  public static List<RowLoss> of(PipelineConfig config, Path rows, @Nullable Path adapter) {
    ModelConfig model = config.model();
    ModelFolder base = ModelFolder.open(BaseModels.folder(model.baseModel()));
    int length = config.sft().batch().sequenceLen();
    try (ChatModel chat = BaseChat.open(model);
        Torch torch = Torch.open(Engines.of(model))) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, model.systemPrompt());
      List<TrainingExample> examples = SftExamples.read(rows, prompt, length).examples();
      try (Decoder decoder =
          DecoderLoader.load(torch, base, length, Estimates.precision(config.sft().lora()))) {
        if (adapter == null) {
          return RowLoss.of(torch, decoder, null, examples);
        }
        try (LoraAdapter loaded =
            AdapterFolder.read(torch, decoder.architecture(), decoder.shape(), adapter)) {
          return RowLoss.of(torch, decoder, loaded, examples);
        }
      }
    }
  }
}
