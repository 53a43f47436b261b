package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.export.llama.Loading;
import dev.pipeline.generate.StopTokens;
import dev.pipeline.io.Failure;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.Architectures;
import dev.pipeline.model.BaseModels;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.talk.EngineSpeaker;
import dev.pipeline.talk.GgufVoice;
import dev.pipeline.talk.HistoryBounds;
import dev.pipeline.talk.LlamaSpeaker;
import dev.pipeline.talk.OllamaChat;
import dev.pipeline.talk.OllamaSpeaker;
import dev.pipeline.talk.Speaker;
import dev.pipeline.talk.Voice;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Opens the model that somebody wants to talk with, as a configuration describes it. */
public final class Speakers {
  private static final String OLLAMA = "ollama:";
  private static final String GGUF = ".gguf";

  private final PipelineConfig config;
  private final Wish wish;
  private final Map<String, String> environment;

  private Speakers(PipelineConfig config, Wish wish, Map<String, String> environment) {
    this.config = config;
    this.wish = wish;
    this.environment = environment;
  }

  /**
   * What is wanted; what is empty is the model's or the machine's to say.
   *
   * @param model base, sft or dpo of the configuration, a GGUF file, a model folder, or
   *     ollama:NAME; none for the released GGUF of the configuration
   * @param contextTokens most tokens of a conversation and its answer
   * @param parallel conversations answered side by side
   * @param gpuLayers layers that a GPU computes
   * @param batchTokens tokens of a prompt that are read at once
   */
  public record Wish(
      Optional<String> model,
      Optional<Integer> contextTokens,
      int parallel,
      Optional<Integer> gpuLayers,
      Optional<Integer> batchTokens) {
    /** Refuses numbers out of range, by the names of their options. */
    public Wish {
      atLeast("--context-window", 16, contextTokens);
      atLeast("--batch-size", 1, Optional.of(parallel));
      atLeast("--gpu-layers", 0, gpuLayers);
      atLeast("--batch-size", 1, batchTokens);
    }

    /** One conversation with {@code model}, everything else left open. */
    public static Wish of(Optional<String> model) {
      return new Wish(model, Optional.empty(), 1, Optional.empty(), Optional.empty());
    }

    Wish withModel(String other) {
      return new Wish(Optional.of(other), contextTokens, parallel, gpuLayers, batchTokens);
    }

    private static void atLeast(String option, int least, Optional<Integer> value) {
      value
          .filter(number -> number < least)
          .ifPresent(
              number -> {
                throw Failure.usage(
                    option + " is " + number, "give " + option + " a number of at least " + least);
              });
    }
  }

  /**
   * Loads what is wanted.
   *
   * @param environment in which OLLAMA_HOST may name a server
   */
  public static Speaker open(PipelineConfig config, Wish wish, Map<String, String> environment) {
    return new Speakers(config, wish, environment).open();
  }

  private Speaker open() {
    ModelConfig model = config.model();
    if (wish.model().isEmpty()) {
      return llama(requireReleased(config, "--model base"));
    }
    String wanted = wish.model().get();
    return switch (wanted) {
      case "base" -> engine(wanted, BaseModels.folder(model.baseModel()), Optional.empty());
      case "sft", "dpo" ->
          engine(
              model.modelName() + " after " + wanted,
              BaseModels.folder(model.baseModel()),
              Optional.of(adapter(wanted)));
      default -> elsewhere(wanted);
    };
  }

  private Speaker elsewhere(String wanted) {
    if (wanted.startsWith(OLLAMA)) {
      return ollama(wanted.substring(OLLAMA.length()));
    }
    Path path = Path.of(wanted);
    if (wanted.toLowerCase(Locale.ROOT).endsWith(GGUF)) {
      requireFile(path);
      return llama(path);
    }
    if (Files.isRegularFile(path.resolve("config.json"))) {
      return engine(wanted, path, Optional.empty());
    }
    if (Files.isRegularFile(path.resolve("adapter_config.json"))) {
      return engine(wanted, BaseModels.folder(config.model().baseModel()), Optional.of(path));
    }
    throw Failure.usage(
        "--model " + wanted + " is no model that is known here",
        "give base, sft, dpo, a .gguf file, a model folder with config.json, or ollama:NAME");
  }

  private static void requireFile(Path gguf) {
    if (!Files.isRegularFile(gguf)) {
      throw Failure.usage("--model " + gguf + ": there is no such file", "correct the path");
    }
  }

  /** Where the released GGUF of {@code config} is, once there is one. */
  public static Path released(PipelineConfig config) {
    return Workspace.of(config.model())
        .model()
        .resolve("models")
        .resolve(config.model().modelName() + GGUF);
  }

  /**
   * The released GGUF of {@code config}.
   *
   * @param base what lets one talk with the untuned model, for the one who has no other
   * @throws Failure where there is none yet
   */
  public static Path requireReleased(PipelineConfig config, String base) {
    Path gguf = released(config);
    if (!Files.isRegularFile(gguf)) {
      throw Failure.usage(
          "%s has not released a model yet: there is no %s"
              .formatted(config.model().modelName(), gguf),
          "make one with 'pipeline run sft', or talk with the untuned one: " + base);
    }
    return gguf;
  }

  private Path adapter(String job) {
    Path folder = Workspace.of(config.model()).model().resolve(job);
    if (!Files.isRegularFile(folder.resolve("adapter_config.json"))) {
      throw Failure.usage(
          "there is no adapter in " + folder, "train it with 'pipeline run " + job + "'");
    }
    return folder;
  }

  private Speaker llama(Path gguf) {
    Voice voice = GgufVoice.of(gguf, config.model().base().stopWords());
    return LlamaSpeaker.load(
        new LlamaBuild(config.packaging().llamaLibrary()),
        gguf,
        voice,
        new Loading(
            context(GgufVoice.contextTokens(gguf)),
            config.model().threadCount(),
            wish.parallel(),
            wish.batchTokens().orElse(Loading.BATCH_TOKENS),
            wish.gpuLayers()));
  }

  private Speaker engine(String name, Path folder, Optional<Path> adapter) {
    refuse(
        "--gpu-layers", wish.gpuLayers(), "the device of model.yaml decides what a GPU computes");
    refuse("--batch-size", wish.batchTokens(), "the engine that trains reads a prompt at once");
    ModelConfig model = config.model();
    ModelFolder base = ModelFolder.open(folder);
    boolean configured = folder.equals(BaseModels.folder(model.baseModel()));
    int context = context(positions(base));
    ChatModel chat = configured ? BaseChat.open(model) : ChatModel.open(folder);
    Voice voice = Voice.of(chat, configured ? model.base().stopWords() : List.of());
    try {
      EngineSpeaker.Loaded loaded = loaded(base, chat, context, adapter);
      return new EngineSpeaker(name, weights(loaded), loaded, voice, context, wish.parallel());
    } catch (RuntimeException e) {
      chat.close();
      throw e;
    }
  }

  private EngineSpeaker.Loaded loaded(
      ModelFolder base, ChatModel chat, int context, Optional<Path> adapter) {
    Torch torch = Torch.open(Engines.of(config.model()));
    try {
      Decoder decoder = DecoderLoader.load(torch, base, context, precision());
      Optional<LoraAdapter> tuned =
          adapter.map(
              path -> AdapterFolder.read(torch, decoder.architecture(), decoder.shape(), path));
      return new EngineSpeaker.Loaded(torch, decoder, tuned, chat.tokenizer(), StopTokens.of(base));
    } catch (RuntimeException e) {
      // What is loaded by then lives in it.
      torch.close();
      throw e;
    }
  }

  private String weights(EngineSpeaker.Loaded loaded) {
    return precision() == BasePrecision.NF4
        ? precision().name()
        : loaded.torch().computeType().name().toLowerCase(Locale.ROOT);
  }

  private BasePrecision precision() {
    return Estimates.precision(config.sft().lora());
  }

  private int positions(ModelFolder base) {
    int positions =
        Architectures.of(base.config(), base.configName())
            .shape(base.config(), base.configName())
            .maxPositions();
    return config.model().base().boundedContext(positions);
  }

  private static void refuse(String option, Optional<Integer> value, String why) {
    if (value.isPresent()) {
      throw Failure.usage(
          option + " is for GGUF files and Ollama; " + why, "leave " + option + " out");
    }
  }

  private Speaker ollama(String name) {
    OllamaPlace place = OllamaPlace.of(config.release(), environment);
    OllamaChat server = new OllamaChat(place.address(), config.release().ollamaTimeout());
    try {
      return new OllamaSpeaker(
          server,
          name,
          new OllamaSpeaker.Settings(
              new OllamaChat.Options(context(0), wish.gpuLayers(), wish.batchTokens()),
              OllamaTokens.counter(config.model()),
              config.model().base().stopWords(),
              wish.parallel()));
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** What is wanted, or what is usual, of what the model allows; 0 where nobody knows that. */
  private int context(int allowed) {
    int most = allowed <= 0 ? Integer.MAX_VALUE : allowed;
    wish.contextTokens()
        .filter(tokens -> tokens > most)
        .ifPresent(
            tokens -> {
              throw Failure.usage(
                  "the context window (--context-window, CONTEXT_WINDOW_SIZE) is %d, the model was"
                          .formatted(tokens)
                      + " made for "
                      + allowed,
                  "give at most " + allowed);
            });
    return wish.contextTokens().orElse(Math.min(most, HistoryBounds.USUAL_CONTEXT_TOKENS));
  }
}
