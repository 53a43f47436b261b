package dev.pipeline.train;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.torch.Tensor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The adapter with the lowest hold-out loss of a run, the last where nothing was held out. */
final class BestAdapter {
  private BestAdapter() {}

  /**
   * Writes it in PEFT's format.
   *
   * @param spec of the adapter that {@code last} trains
   * @param baseName how adapter_config.json calls the base model
   */
  static void write(
      Replica last,
      LoraSpec spec,
      TrainingState end,
      CheckpointStore checkpoints,
      Path folder,
      String baseName) {
    AtomicFiles.deleteRecursively(folder);
    boolean lastIsBest = end.bestStep() == 0 || end.bestStep() == end.step();
    Map<String, float[]> best =
        lastIsBest ? values(last.parameters()) : checkpoints.read(end.bestStep()).parameters();
    try (LoraAdapter adapter = of(last, spec, best)) {
      AdapterFolder.write(folder, adapter, baseName);
    }
  }

  private static LoraAdapter of(Replica replica, LoraSpec spec, Map<String, float[]> values) {
    return LoraAdapter.of(
        replica.torch(), replica.decoder().architecture(), replica.decoder().shape(), spec, values);
  }

  /** Row-major numbers by name. */
  static Map<String, float[]> values(Map<String, Tensor> parameters) {
    Map<String, float[]> values = new LinkedHashMap<>();
    parameters.forEach((name, tensor) -> values.put(name, tensor.toFloats()));
    return values;
  }
}
