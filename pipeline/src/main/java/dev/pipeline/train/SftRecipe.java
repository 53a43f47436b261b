package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.Failure;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.torch.DeviceGroup;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Supervised fine-tuning of a LoRA adapter on a frozen base model. */
public final class SftRecipe {
  private final DeviceGroup devices;
  private final TrainingSettings settings;
  private final LoraSpec lora;
  private final BasePrecision precision;
  private final TrainingMonitor monitor;

  /** A recipe for one device. */
  public SftRecipe(
      Torch torch,
      TrainingSettings settings,
      LoraSpec lora,
      BasePrecision precision,
      TrainingMonitor monitor) {
    this(DeviceGroup.of(torch), settings, lora, precision, monitor);
  }

  /**
   * A recipe; nothing happens until {@link #run}.
   *
   * @param devices what the micro-batches of a step are shared out over
   * @param precision how the base is kept while the adapter is trained
   */
  public SftRecipe(
      DeviceGroup devices,
      TrainingSettings settings,
      LoraSpec lora,
      BasePrecision precision,
      TrainingMonitor monitor) {
    this.devices = devices;
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
    try (Replicas replicas = replicas(base, longest(train, holdOut), saved)) {
      TrainingLoop loop =
          new TrainingLoop(
              settings,
              new Likelihood(epoch -> train, holdOut, settings),
              replicas,
              checkpoints,
              monitor);
      TrainingState end = loop.run(saved, runFolder.resolve("metrics.jsonl"));
      Path adapter = runFolder.resolve("adapter");
      BestAdapter.write(replicas.first(), lora, end, checkpoints, adapter, baseName);
      return new Result(end.step(), end.tokens(), end.bestStep(), end.bestLoss());
    }
  }

  private Replicas replicas(ModelFolder base, int length, Optional<CheckpointStore.Saved> saved) {
    List<Replica> replicas = new ArrayList<>();
    Optional<Map<String, float[]>> known = saved.map(CheckpointStore.Saved::parameters);
    for (Torch torch : devices.all()) {
      Decoder decoder = DecoderLoader.load(torch, base, length, precision);
      LoraAdapter adapter =
          known
              .map(values -> adapterOf(torch, decoder, values))
              .orElseGet(() -> LoraAdapter.initialise(torch, decoder, lora, settings.seed()));
      replicas.add(new Replica(torch, decoder, adapter, settings));
      if (known.isEmpty() && devices.all().size() > 1) {
        known = Optional.of(BestAdapter.values(adapter.parameters()));
      }
    }
    return new Replicas(replicas);
  }

  private LoraAdapter adapterOf(Torch torch, Decoder decoder, Map<String, float[]> values) {
    return LoraAdapter.of(torch, decoder.architecture(), decoder.shape(), lora, values);
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
