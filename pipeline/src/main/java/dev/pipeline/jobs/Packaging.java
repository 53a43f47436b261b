package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.export.FileType;
import dev.pipeline.export.GgufExport;
import dev.pipeline.export.KernelQuantiser;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.export.LlamaQuantizeCommand;
import dev.pipeline.export.LoadCheck;
import dev.pipeline.export.Quantiser;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.model.BaseModels;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.Optional;

/** The steps that make GGUF files, shared by the tuned model and the base it is compared with. */
final class Packaging {
  private static final int PERCENT = 100;

  private final RunContext run;
  private final ModelConfig model;

  Packaging(RunContext run) {
    this.run = run;
    this.model = run.config().model();
  }

  /** Writes the base model, with {@code adapter} merged into it, as 16-bit GGUF. */
  void convert(Optional<Path> adapter, String name, Path target) {
    run.progress().at(0, 0, "merging into " + target.getFileName());
    // Merging is memory-bound; the CPU keeps it exact and leaves the GPU alone.
    try (Torch torch = Torch.open("cpu", model.threadCount());
        GgufExport export =
            new GgufExport(
                torch,
                ModelFolder.open(BaseModels.folder(model.baseModel())),
                BaseChat.format(model))) {
      AtomicFiles.writePath(target, temporary -> export.write(temporary, adapter, name));
    }
  }

  /** Quantises {@code source} to {@code target}, all errors counted alike. */
  void quantise(Path source, Path target, FileType type) {
    quantise(source, target, type, Optional.empty());
  }

  /** Quantises {@code source} to {@code target}, errors weighed by a matrix where there is one. */
  void quantise(Path source, Path target, FileType type, Optional<Path> importance) {
    run.stop().check();
    Quantiser quantiser = quantiser(run.config());
    AtomicFiles.writePath(
        target,
        temporary ->
            quantiser.quantise(
                source,
                temporary,
                type,
                importance,
                share -> {
                  run.stop().check();
                  run.progress().at(Math.round(share * PERCENT), PERCENT, "quantising to " + type);
                }));
  }

  /** What quantises as {@code config} says. */
  static Quantiser quantiser(PipelineConfig config) {
    int threads = config.model().threadCount();
    return config
        .packaging()
        .llamaQuantize()
        .<Quantiser>map(command -> new LlamaQuantizeCommand(command, threads))
        .orElseGet(() -> new KernelQuantiser(threads));
  }

  /** Loads {@code gguf} in llama.cpp and lets it say something. */
  void check(Path gguf) {
    run.progress().at(0, 0, "loading " + gguf.getFileName() + " in llama.cpp");
    try (ChatModel chat = BaseChat.open(model)) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, model.systemPrompt());
      LoadCheck.check(
          new LlamaBuild(run.config().packaging().llamaLibrary()),
          gguf,
          prompt.text("", "Can we talk about the price?"),
          model.threadCount());
    }
  }
}
