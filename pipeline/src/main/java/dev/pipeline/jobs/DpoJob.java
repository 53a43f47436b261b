package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.DpoConfig;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.ModelParts;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import dev.pipeline.model.BaseModels;
import dev.pipeline.torch.DeviceGroup;
import dev.pipeline.torch.MemoryLimit;
import dev.pipeline.train.DpoRecipe;
import dev.pipeline.train.PreferenceRows;
import dev.pipeline.train.TrainingSettings;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.batch.core.step.Step;

/** The fine-tuned adapter learns which of two answers is the better one. */
final class DpoJob implements PipelineJob {
  static final String ADAPTER = "adapter";

  /** The job that makes the pairs. */
  private static final String PREFERENCES = "preferences";

  private static final String RESULT = "result.json";

  /** What the adapter makes of each held-out pair. */
  static final String HELD_OUT = "held_out.json";

  @Override
  public String name() {
    return "dpo";
  }

  @Override
  public List<String> needs() {
    return List.of("sft", PREFERENCES);
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(config.dpo(), config.sft().lora(), ModelParts.ForTraining.of(config.model()));
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    return Map.of("base", BaseModels.folder(config.model().baseModel()));
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    return List.of(
        steps.recipe("train", () -> train(run)),
        steps.recipe("measure", () -> measure(run)),
        steps.recipe("publish", () -> publish(run)));
  }

  @Override
  public Optional<Tracked> tracked() {
    return Optional.of(
        new Tracked(
            DpoJob::figures,
            List.of(ADAPTER + "/adapter_config.json", "rows.json", RESULT, HELD_OUT)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    DpoRecipe.Result result = RunFiles.read(run.folder().resolve(RESULT), DpoRecipe.Result.class);
    return new Outcome(
        String.format(
            Locale.ROOT,
            "%d steps, %,d tokens, hold-out loss %.3f at step %d; %s -> %s",
            result.steps(),
            result.tokens(),
            result.bestLoss(),
            result.bestStep(),
            RunFiles.read(run.folder().resolve(HELD_OUT), PairReport.class).summary(),
            current(run)),
        Map.of(ADAPTER, run.folder().resolve(ADAPTER), "current", current(run)));
  }

  private static Map<String, Object> figures(RunContext run) {
    Map<String, Object> figures = new TreeMap<>(Tracked.object(run.folder().resolve(RESULT)));
    PairReport heldOut = RunFiles.read(run.folder().resolve(HELD_OUT), PairReport.class);
    figures.put("held_out_accuracy", heldOut.accuracy());
    figures.put("held_out_pairs", heldOut.pairs());
    return figures;
  }

  private static void train(RunContext run) {
    MemoryLimit limit =
        MemoryNeed.limit(run.config().model(), MemoryAdvice.dpo(run.config())::after);
    limit.explain(() -> train(run, limit));
  }

  private static void train(RunContext run, MemoryLimit limit) {
    ModelConfig model = run.config().model();
    DpoConfig config = run.config().dpo();
    Path dataset = run.output(PREFERENCES, PreferencesJob.DATASET);
    try (ChatModel chat = BaseChat.open(model);
        DeviceGroup devices = DeviceGroup.open(Engines.of(model).within(limit))) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, model.systemPrompt());
      PreferenceRows train = rows(dataset, "train", prompt, config);
      PreferenceRows holdOut = rows(dataset, "validation", prompt, config);
      AtomicFiles.writeString(
          run.folder().resolve("rows.json"),
          Json.pretty(Map.of("train", train.report(), "validation", holdOut.report())));
      TrainingSettings settings = TrainingSettingsOf.dpo(model.seed(), train.rows().size(), config);
      DpoRecipe recipe =
          new DpoRecipe(
              devices,
              settings,
              PreferenceLossOf.config(config),
              config.precomputeRefLogProbs(),
              Estimates.precision(run.config().sft().lora()),
              new TrainingProgress(run));
      DpoRecipe.Start start =
          new DpoRecipe.Start(
              ModelFolder.open(BaseModels.folder(model.baseModel())),
              model.baseModel().toString(),
              run.output("sft", SftJob.ADAPTER),
              train.rows(),
              holdOut.rows(),
              ReferenceKeys.of(run, dataset, chat));
      DpoRecipe.Result result = recipe.run(start, run.folder());
      AtomicFiles.writeString(run.folder().resolve(RESULT), Json.pretty(result));
    }
  }

  private static PreferenceRows rows(
      Path dataset, String part, NegotiationPrompt prompt, DpoConfig config) {
    return PreferenceRows.read(
        dataset.resolve(part + ".jsonl"), prompt, config.batch().sequenceLen(), config.maxRows());
  }

  private static void measure(RunContext run) {
    PreferenceInspection.Models models =
        new PreferenceInspection.Models(
            run.folder().resolve(ADAPTER), run.output("sft", SftJob.ADAPTER));
    Path heldOut = run.output(PREFERENCES, PreferencesJob.DATASET).resolve("validation.jsonl");
    int most = run.config().dpo().maxRows();
    PairReport report = PairReport.of(PreferenceInspection.of(run.config(), heldOut, most, models));
    AtomicFiles.writeString(run.folder().resolve(HELD_OUT), Json.pretty(report));
  }

  /** Puts the adapter where people and PEFT look for it. */
  private static void publish(RunContext run) {
    RunFiles.copyFolder(run.folder().resolve(ADAPTER), current(run));
  }

  private static Path current(RunContext run) {
    return run.workspace().model().resolve("dpo");
  }
}
