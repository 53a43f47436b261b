package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.SftConfig;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import dev.pipeline.model.BaseModels;
import dev.pipeline.torch.DeviceGroup;
import dev.pipeline.torch.MemoryLimit;
import dev.pipeline.train.SftExamples;
import dev.pipeline.train.SftRecipe;
import dev.pipeline.train.TrainingSettings;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.batch.core.step.Step;

/** A LoRA adapter learns the curated answers; the one with the lowest hold-out loss is kept. */
final class SftJob implements PipelineJob {
  static final String ADAPTER = "adapter";

  /** Lies beside the adapter. It holds times, so that no key of a later job may depend on it. */
  static final String METRICS = "metrics.jsonl";

  private static final String RESULT = "result.json";

  @Override
  public String name() {
    return "sft";
  }

  @Override
  public List<String> needs() {
    return List.of("curate");
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(config.sft(), ModelParts.ForTraining.of(config.model()));
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    return Map.of("base", BaseModels.folder(config.model().baseModel()));
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    return List.of(
        steps.recipe("train", () -> train(run)), steps.recipe("publish", () -> publish(run)));
  }

  @Override
  public Optional<Tracked> tracked() {
    return Optional.of(
        new Tracked(
            run -> Tracked.object(run.folder().resolve(RESULT)),
            List.of(ADAPTER + "/adapter_config.json", "rows.json", RESULT)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    SftRecipe.Result result = RunFiles.read(run.folder().resolve(RESULT), SftRecipe.Result.class);
    return new Outcome(
        String.format(
            Locale.ROOT,
            "%d steps%s, %,d tokens, hold-out loss %.3f at step %d -> %s",
            result.steps(),
            warmUp(run.config().sft(), result.steps()),
            result.tokens(),
            result.bestLoss(),
            result.bestStep(),
            current(run)),
        Map.of(ADAPTER, run.folder().resolve(ADAPTER), "current", current(run)));
  }

  /** A run that ends within its warm-up never saw the learning rate that it was given. */
  private static String warmUp(SftConfig config, int steps) {
    int warmUp = config.schedule().warmup(steps);
    return warmUp < steps ? "" : " (all of them warm-up: warmup_steps is " + warmUp + ")";
  }

  private static void train(RunContext run) {
    MemoryLimit limit =
        MemoryNeed.limit(run.config().model(), MemoryAdvice.of(run.config())::after);
    limit.explain(() -> train(run, limit));
  }

  private static void train(RunContext run, MemoryLimit limit) {
    ModelConfig model = run.config().model();
    SftConfig config = run.config().sft();
    ModelFolder base = ModelFolder.open(BaseModels.folder(model.baseModel()));
    Path dataset = run.output("curate", CurateJob.DATASET);
    try (ChatModel chat = BaseChat.open(model);
        DeviceGroup devices = DeviceGroup.open(Engines.of(model).within(limit))) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, model.systemPrompt());
      int length = config.batch().sequenceLen();
      int most = config.maxRows();
      SftExamples train = SftExamples.read(dataset.resolve("train.jsonl"), prompt, length, most);
      SftExamples holdOut =
          SftExamples.read(dataset.resolve("validation.jsonl"), prompt, length, most);
      AtomicFiles.writeString(
          run.folder().resolve("rows.json"),
          Json.pretty(Map.of("train", train.report(), "validation", holdOut.report())));
      List<TrainingExample> rows = train.examples();
      TrainingSettings settings = TrainingSettingsOf.sft(model.seed(), rows.size(), config);
      SftRecipe recipe =
          new SftRecipe(
              devices,
              settings,
              Estimates.spec(config.lora()),
              Estimates.precision(config.lora()),
              new TrainingProgress(run));
      SftRecipe.Result result =
          recipe.run(base, model.baseModel().toString(), rows, holdOut.examples(), run.folder());
      AtomicFiles.writeString(run.folder().resolve(RESULT), Json.pretty(result));
    }
  }

  /** Puts the adapter where people and PEFT look for it. */
  private static void publish(RunContext run) {
    RunFiles.copyFolder(run.folder().resolve(ADAPTER), current(run));
  }

  private static Path current(RunContext run) {
    return run.workspace().model().resolve("sft");
  }
}
