package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.PretrainConfig;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.model.Architecture;
import dev.pipeline.model.Architectures;
import dev.pipeline.torch.EngineSettings;
import dev.pipeline.torch.MemoryLimit;
import dev.pipeline.torch.ScalarType;
import dev.pipeline.torch.Torch;
import dev.pipeline.train.PretrainRecipe;
import dev.pipeline.train.PretrainWindows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.batch.core.step.Step;
import tools.jackson.databind.JsonNode;

/** The shipped base model is made from random weights and generated text. */
final class PretrainJob implements PipelineJob {
  /** Leaves room between seeds for the epochs of each. */
  private static final long SEEDS_APART = 1000;

  private static final String RESULT = "result.json";

  private static final String LESS_MEMORY =
      "lower micro_batch_size or sequence_len, or set gradient_checkpointing: true";

  /** The hold-out loss at the end, in nats a token. */
  record Result(double loss) {}

  @Override
  public String name() {
    return "pretrain";
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(config.pretrain());
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    Path output = config.pretrain().output();
    return Map.of(
        "grammars", config.pretrain().grammars(),
        "config", output.resolve("config.json"),
        "tokenizer", output.resolve("tokenizer.json"));
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    return List.of(steps.recipe("train", () -> train(run)));
  }

  @Override
  public Optional<Tracked> tracked() {
    return Optional.of(
        new Tracked(run -> Tracked.object(run.folder().resolve(RESULT)), List.of(RESULT)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    Path weights = weights(run.config().pretrain());
    Result result = RunFiles.read(run.folder().resolve(RESULT), Result.class);
    return new Outcome(
        String.format(Locale.ROOT, "hold-out loss %.3f -> %s", result.loss(), weights),
        Map.of("weights", weights));
  }

  private static void train(RunContext run) {
    MemoryLimit limit = MemoryNeed.limit(run.config().model(), (used, most) -> LESS_MEMORY);
    limit.explain(() -> train(run, limit));
  }

  /** Weights that are trained themselves would not see small steps in sixteen bits. */
  private static EngineSettings wide(ModelConfig model) {
    return Engines.of(model).in(ScalarType.FLOAT32);
  }

  private static void train(RunContext run, MemoryLimit limit) {
    ModelConfig model = run.config().model();
    PretrainConfig config = run.config().pretrain();
    JsonNode sizes = sizes(config.output().resolve("config.json"));
    Architecture architecture = Architectures.of(sizes, "config.json");
    try (Torch torch = Torch.open(wide(model).within(limit));
        ChatModel chat = ChatModel.open(config.output())) {
      int length = config.batch().sequenceLen() + 1;
      long seed = config.pretrainSeed();
      PretrainWindows text = new PretrainWindows(chat, config.grammars(), length, config.windows());
      PretrainWindows holdOut =
          new PretrainWindows(chat, config.grammars(), length, config.holdOutWindows());
      PretrainRecipe recipe =
          new PretrainRecipe(
              torch,
              TrainingSettingsOf.config(
                  seed,
                  config.windows(),
                  config.batch(),
                  config.optimizer(),
                  config.schedule(),
                  config.checkpoint(),
                  0),
              new TrainingProgress(run));
      double loss =
          recipe.run(
              architecture,
              architecture.shape(sizes, "config.json"),
              epoch -> text.of(SEEDS_APART * seed + epoch),
              holdOut.of(SEEDS_APART * seed - 1),
              run.folder(),
              weights(config));
      AtomicFiles.writeString(run.folder().resolve(RESULT), Json.pretty(new Result(loss)));
    }
  }

  private static JsonNode sizes(Path file) {
    try {
      return Json.parse(Files.readString(file), JsonNode.class, file.toString());
    } catch (IOException e) {
      throw Failure.refused(
          "cannot read " + file, "put the config.json of the model to make in that folder");
    }
  }

  private static Path weights(PretrainConfig config) {
    return config.output().resolve("model.safetensors");
  }
}
