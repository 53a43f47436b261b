package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.BaseModels;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Torch;
import dev.pipeline.train.PairFigures;
import dev.pipeline.train.PreferenceRow;
import dev.pipeline.train.PreferenceRows;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Log-probs, rewards and loss of preference pairs, rendered and computed as training does. */
public final class PreferenceInspection {
  private PreferenceInspection() {}

  /**
   * The two models that are compared, as folders of adapters on the configured base.
   *
   * @param policy null for the base alone
   * @param reference likewise; not looked at by a loss that compares with nothing
   */
  public record Models(@Nullable Path policy, @Nullable Path reference) {
    /** What is not given is what training left: the dpo adapter, compared with that of sft. */
    public static Models of(
        PipelineConfig config, @Nullable Path policy, @Nullable Path reference) {
      Path model = Workspace.of(config.model()).model();
      Path before = reference == null ? existing(model.resolve("sft")).orElse(null) : reference;
      Path after = existing(model.resolve("dpo")).orElse(before);
      return new Models(policy == null ? after : policy, before);
    }

    private static Optional<Path> existing(Path folder) {
      return Optional.of(folder).filter(Files::isDirectory);
    }
  }

  /** Whether the configured loss compares the policy with a reference. */
  public static boolean compares(PipelineConfig config) {
    return PreferenceLossOf.config(config.dpo()).needsReference();
  }

  /**
   * Inspects pairs.
   *
   * @param rows a file like a preference dataset's {@code train.jsonl}
   * @param most how many of them are enough; 0 for all
   */
  public static List<PairFigures> of(PipelineConfig config, Path rows, int most, Models models) {
    ModelConfig model = config.model();
    ModelFolder base = ModelFolder.open(BaseModels.folder(model.baseModel()));
    try (ChatModel chat = BaseChat.open(model);
        Torch torch = Torch.open(Engines.of(model))) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, model.systemPrompt());
      int length = config.dpo().batch().sequenceLen();
      List<PreferenceRow> pairs = PreferenceRows.read(rows, prompt, length, most).rows();
      int longest = pairs.stream().mapToInt(PreferenceRow::length).max().orElseThrow();
      try (Decoder decoder =
              DecoderLoader.load(torch, base, longest, Estimates.precision(config.sft().lora()));
          Loaded policy = Loaded.of(torch, decoder, model, models.policy());
          Loaded reference =
              Loaded.of(torch, decoder, model, compares(config) ? models.reference() : null)) {
        return PairFigures.of(
            torch,
            decoder,
            policy.adapter(),
            reference.adapter(),
            pairs,
            PreferenceLossOf.config(config.dpo()));
      }
    }
  }

  /** An adapter, or none. */
  private record Loaded(@Nullable LoraAdapter adapter) implements AutoCloseable {
    static Loaded of(Torch torch, Decoder decoder, ModelConfig model, @Nullable Path folder) {
      if (folder == null) {
        return new Loaded(null);
      }
      AdapterFolder.requireBase(folder, model.baseModel().toString());
      return new Loaded(AdapterFolder.read(torch, decoder.architecture(), decoder.shape(), folder));
    }

    @Override
    public void close() {
      if (adapter != null) {
        adapter.close();
      }
    }
  }
}
