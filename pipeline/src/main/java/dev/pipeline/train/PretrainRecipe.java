package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.model.Architecture;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.DecoderShape;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.Bfloat16;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.safetensors.ElementType;
import dev.pipeline.weights.safetensors.SafetensorsWriter;
import dev.pipeline.weights.safetensors.TensorData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Pre-training of a small model from random weights, all of them trained. */
public final class PretrainRecipe {
  private final Torch torch;
  private final TrainingSettings settings;
  private final TrainingMonitor monitor;

  /** A recipe; nothing happens until {@link #run}. */
  public PretrainRecipe(Torch torch, TrainingSettings settings, TrainingMonitor monitor) {
    this.torch = torch;
    this.settings = settings;
    this.monitor = monitor;
  }

  /**
   * Trains, continuing from the newest checkpoint when there is one, and writes the weights of the
   * last step as bfloat16 to {@code output}.
   *
   * @param windows token windows of an epoch, counted from 0; as many for each
   * @param output the {@code model.safetensors} to write
   */
  public double run(
      Architecture architecture,
      DecoderShape shape,
      IntFunction<List<TrainingExample>> windows,
      List<TrainingExample> holdOut,
      Path runFolder,
      Path output) {
    CheckpointStore checkpoints =
        new CheckpointStore(runFolder.resolve("checkpoints"), settings.keepCheckpoints());
    Optional<CheckpointStore.Saved> saved = checkpoints.newest();
    int length = windows.apply(0).get(0).ids().length;
    Decoder decoder =
        saved
            .map(from -> DecoderLoader.of(torch, architecture, shape, length, from.parameters()))
            .orElseGet(
                () ->
                    DecoderLoader.initialise(torch, architecture, shape, length, settings.seed()));
    try (Replicas replicas = new Replicas(List.of(new Replica(torch, decoder, null, settings)))) {
      TrainingLoop loop =
          new TrainingLoop(
              settings, new Likelihood(windows, holdOut, settings), replicas, checkpoints, monitor);
      TrainingState end = loop.run(saved, runFolder.resolve("metrics.jsonl"));
      AtomicFiles.writePath(
          output,
          file ->
              SafetensorsWriter.write(file, rounded(decoder.weights()), Map.of("format", "pt")));
      return end.bestLoss();
    }
  }

  private static Map<String, TensorData> rounded(Map<String, Tensor> weights) {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    weights.forEach(
        (name, tensor) ->
            tensors.put(
                name,
                new TensorData(
                    ElementType.BF16,
                    Arrays.stream(tensor.shape()).boxed().toList(),
                    out ->
                        TensorContent.of(Bfloat16.littleEndian(tensor.toFloats())).writeTo(out))));
    return tensors;
  }
}
