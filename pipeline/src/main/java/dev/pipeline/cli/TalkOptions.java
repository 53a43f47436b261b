package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.jobs.Speakers;
import dev.pipeline.talk.Answering;
import dev.pipeline.talk.ChatEnvironment;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code chat} and {@code ask} share: which model answers, and how. */
final class TalkOptions {
  @Mixin ConfigOptions settings = new ConfigOptions();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = {
        "base, sft or dpo of the configuration (on the engine that trains), a .gguf file (in"
            + " llama.cpp), a model folder, or ollama:NAME. Default: the released GGUF."
      })
  @Nullable String model;

  @Option(
      names = "--context-window",
      paramLabel = "TOKENS",
      description = {
        "Most tokens of all that is sent and the answer; wins over CONTEXT_WINDOW_SIZE.",
        "Default: what the model was made for, at most 4096."
      })
  @Nullable Integer contextWindow;

  @Option(
      names = "--gpu-layers",
      paramLabel = "COUNT",
      description =
          "Layers that a GPU computes, for a .gguf (with a llama_library that can) or Ollama.")
  @Nullable Integer gpuLayers;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "0 takes the most probable token. Default: release.temperature.")
  @Nullable Double temperature;

  @Option(
      names = "--top-p",
      paramLabel = "SHARE",
      description = "Draw from this share of the mass. Default: release.top_p.")
  @Nullable Double topP;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the draws. Default: the configured seed.")
  @Nullable Long seed;

  @Option(
      names = "--max-tokens",
      paramLabel = "COUNT",
      description = "Longest answer. Default: evaluate.max_new_tokens of the configuration.")
  @Nullable Integer maxTokens;

  /** How answers are drawn; refuses bad values before anything is loaded. */
  Answering answering(PipelineConfig config) {
    return new Answering(
        temperature == null ? config.release().temperature() : temperature,
        topP == null ? config.release().topP() : topP,
        seed == null ? config.model().seed() : seed,
        maxTokens == null ? config.evaluate().maxNewTokens() : maxTokens);
  }

  /** What to load. */
  Speakers.Wish wish(ChatEnvironment environment, int parallel, Optional<Integer> batchTokens) {
    return new Speakers.Wish(
        Optional.ofNullable(model),
        Optional.ofNullable(contextWindow).or(environment::contextTokens),
        parallel,
        Optional.ofNullable(gpuLayers),
        batchTokens);
  }
}
