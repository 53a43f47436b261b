package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Supervised fine-tuning of a LoRA adapter on a frozen base model. */
public final class SftRecipe {
  private final Torch torch;
  private final TrainingSettings settings;
  private final LoraSpec lora;
  private final BasePrecision precision;
  private final TrainingMonitor monitor;

  /**
   * A recipe; nothing happens until {@link #run}.
   *
   * @param precision how the base is kept while the adapter is trained
   */
  public SftRecipe(
      Torch torch,
      TrainingSettings settings,
      LoraSpec lora,
      BasePrecision precision,
      TrainingMonitor monitor) {
    this.torch = torch;
    this.settings = settings;
    this.lora = lora;
    this.precision = precision;
    this.monitor = monitor;
  }

  /**
   * Trains, continuing from the newest checkpoint in {@code runFolder} when there is one, and
   * writes the adapter with the lowest hold-out loss to {@code runFolder/adapter}.
   *
   * @param baseName how adapter_config.json calls the base model
   */
  public Result run(
      ModelFolder base,
      String baseName,
      List<TrainingExample> train,
      List<TrainingExample> holdOut,
      Path runFolder) {
    refuseUntrainable(train, "training");
    refuseUntrainable(holdOut, "hold-out");
    CheckpointStore checkpoints =
        new CheckpointStore(runFolder.resolve("checkpoints"), settings.keepCheckpoints());
    Optional<CheckpointStore.Saved> saved = checkpoints.newest();
    try (Decoder decoder = DecoderLoader.load(torch, base, longest(train, holdOut), precision);
        LoraAdapter adapter = adapter(decoder, saved)) {
      GradientPass pass =
          new GradientPass(
              torch, decoder, adapter, settings.checkpointing(), settings.noiseAlpha());
      TrainingLoop loop =
          new TrainingLoop(settings, epoch -> train, holdOut, pass, checkpoints, monitor);
      TrainingState end =
          loop.run(torch, adapter.parameters(), saved, runFolder.resolve("metrics.jsonl"));
      writeBest(decoder, adapter, end, checkpoints, runFolder.resolve("adapter"), baseName);
      return new Result(end.step(), end.tokens(), end.bestStep(), end.bestLoss());
    }
  }

  private LoraAdapter adapter(Decoder decoder, Optional<CheckpointStore.Saved> saved) {
    return saved
        .map(from -> adapterOf(decoder, from.parameters()))
        .orElseGet(() -> LoraAdapter.initialise(torch, decoder, lora, settings.seed()));
  }

  private LoraAdapter adapterOf(Decoder decoder, Map<String, float[]> matrices) {
    return LoraAdapter.of(torch, decoder.architecture(), decoder.shape(), lora, matrices);
  }

  private void writeBest(
      Decoder decoder,
      LoraAdapter last,
      TrainingState end,
      CheckpointStore checkpoints,
      Path folder,
      String baseName) {
    AtomicFiles.deleteRecursively(folder);
    if (end.bestStep() == 0 || end.bestStep() == end.step()) {
      AdapterFolder.write(folder, last, baseName);
      return;
    }
    try (LoraAdapter best = adapterOf(decoder, checkpoints.read(end.bestStep()).parameters())) {
      AdapterFolder.write(folder, best, baseName);
    }
  }

  private static void refuseUntrainable(List<TrainingExample> examples, String which) {
    if (examples.isEmpty()) {
      throw Failure.refused(
          "the " + which + " set is empty",
          "add data, or look into rejected.jsonl for the reasons");
    }
    for (TrainingExample example : examples) {
      if (example.trainedTokens() < 1) {
        throw Failure.trainingStopped(
            which + " row " + example.id() + " has no trained token: its mask covers nothing",
            "give the row an answer, or check chat_template");
      }
    }
  }

  private static int longest(List<TrainingExample> train, List<TrainingExample> holdOut) {
    return Stream.concat(train.stream(), holdOut.stream())
        .mapToInt(example -> example.ids().length)
        .max()
        .orElseThrow();
  }

  /**
   * What training came to.
   *
   * @param steps optimiser steps done
   * @param tokens tokens seen
   * @param bestStep the step whose adapter was written
   * @param bestLoss its hold-out loss in nats a token
   */
  public record Result(int steps, long tokens, int bestStep, double bestLoss) {}
}
