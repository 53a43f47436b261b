package dev.pipeline.train;

import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.torch.DeviceGroup;
import dev.pipeline.torch.Torch;
import dev.pipeline.train.preference.PreferenceLoss;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Preference optimisation of an adapter that supervised fine-tuning made. The reference is that
 * very adapter, frozen, on the same base; the base is there once. Nothing is dropped out, so that
 * at first policy and reference are equal to the last bit, as in TRL.
 */
public final class DpoRecipe {
  /** The reference's log-probs, beside the checkpoints. */
  static final String REFERENCE = "reference.safetensors";

  private final DeviceGroup devices;
  private final TrainingSettings settings;
  private final PreferenceLoss loss;
  private final boolean precompute;
  private final BasePrecision precision;
  private final TrainingMonitor monitor;

  /**
   * A recipe; nothing happens until {@link #run}.
   *
   * @param settings of which a micro-batch counts pairs
   * @param precompute whether the reference's log-probs are computed once and kept, instead of anew
   *     for each batch
   * @param precision how the base is kept while the adapter is trained
   */
  public DpoRecipe(
      DeviceGroup devices,
      TrainingSettings settings,
      PreferenceLoss loss,
      boolean precompute,
      BasePrecision precision,
      TrainingMonitor monitor) {
    this.devices = devices;
    this.settings = settings;
    this.loss = loss;
    this.precompute = precompute;
    this.precision = precision;
    this.monitor = monitor;
  }

  /**
   * What a run starts from.
   *
   * @param base the model
   * @param baseName how adapter_config.json calls it
   * @param adapter folder of the adapter that is trained on, and compared with
   * @param train pairs to learn from
   * @param holdOut pairs to measure by
   * @param key digests of all of them
   */
  public record Start(
      ModelFolder base,
      String baseName,
      Path adapter,
      List<PreferenceRow> train,
      List<PreferenceRow> holdOut,
      ReferenceKey key) {
    private int longest() {
      return all().mapToInt(PreferenceRow::length).max().orElseThrow();
    }

    private Stream<PreferenceRow> all() {
      return Stream.concat(train.stream(), holdOut.stream());
    }
  }

  /**
   * Trains, continuing from the newest checkpoint in {@code runFolder} when there is one, and
   * writes the adapter with the lowest hold-out loss to {@code runFolder/adapter}.
   */
  public Result run(Start start, Path runFolder) {
    AdapterFolder.requireBase(start.adapter(), start.baseName());
    LoraSpec spec = AdapterFolder.readSpec(start.adapter()).withoutDropout();
    CheckpointStore checkpoints =
        new CheckpointStore(runFolder.resolve("checkpoints"), settings.keepCheckpoints());
    Optional<CheckpointStore.Saved> saved = checkpoints.newest();
    try (Replicas replicas = replicas(start, spec, saved);
        Reference reference = reference(start, spec, replicas, runFolder)) {
      Preference objective =
          new Preference(start.train(), start.holdOut(), loss, reference, settings);
      if (saved.isEmpty() && loss.needsReference()) {
        requireStepZero(replicas, objective);
      }
      TrainingState end =
          new TrainingLoop(settings, objective, replicas, checkpoints, monitor)
              .run(saved, runFolder.resolve("metrics.jsonl"));
      Path adapter = runFolder.resolve("adapter");
      BestAdapter.write(replicas.first(), spec, end, checkpoints, adapter, start.baseName());
      return new Result(end.step(), end.tokens(), end.bestStep(), end.bestLoss());
    }
  }

  private Replicas replicas(Start start, LoraSpec spec, Optional<CheckpointStore.Saved> saved) {
    Map<String, float[]> values =
        saved
            .map(CheckpointStore.Saved::parameters)
            .orElseGet(() -> AdapterFolder.readMatrices(start.adapter()));
    List<Replica> replicas = new ArrayList<>();
    for (Torch torch : devices.all()) {
      Decoder decoder = DecoderLoader.load(torch, start.base(), start.longest(), precision);
      LoraAdapter adapter =
          LoraAdapter.of(torch, decoder.architecture(), decoder.shape(), spec, values);
      replicas.add(new Replica(torch, decoder, adapter, settings));
    }
    return new Replicas(replicas);
  }

  private Reference reference(Start start, LoraSpec spec, Replicas replicas, Path runFolder) {
    if (!loss.needsReference()) {
      return Reference.none();
    }
    if (!precompute) {
      return frozen(start, spec, replicas);
    }
    Path file = runFolder.resolve(REFERENCE);
    List<PreferenceRow> rows = start.all().toList();
    if (ReferenceCache.exists(file)) {
      return ReferenceCache.read(file, rows, start.key());
    }
    try (Reference frozen = frozen(start, spec, replicas)) {
      return ReferenceCache.compute(replicas, frozen, rows, settings.batching(), file, start.key());
    }
  }

  private static Reference frozen(Start start, LoraSpec spec, Replicas replicas) {
    return new FrozenAdapter(replicas, spec, AdapterFolder.readMatrices(start.adapter()));
  }

  private void requireStepZero(Replicas replicas, Preference objective) {
    StepZero.require(
        objective.firstStep().stream()
            .flatMap(task -> task.logProbs(replicas.first()).stream())
            .toList(),
        loss);
  }

  /**
   * What training came to.
   *
   * @param steps optimiser steps done
   * @param tokens tokens seen
   * @param bestStep the step whose adapter was written
   * @param bestLoss its hold-out loss, a mean over pairs
   */
  public record Result(int steps, long tokens, int bestStep, double bestLoss) {}
}
