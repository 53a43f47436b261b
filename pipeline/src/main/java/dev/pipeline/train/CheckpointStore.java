package dev.pipeline.train;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.torch.Tensor;
import dev.pipeline.weights.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checkpoints of a run: folders {@code step-000120} that are published whole by a rename, with the
 * digests of their files in a manifest that is checked before anything is read.
 */
final class CheckpointStore {
  private static final String PARAMETERS = "parameters.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String STATE = "state.json";
  private static final String MANIFEST = "manifest.json";

  private final Path folder;
  private final int keep;

  CheckpointStore(Path folder, int keep) {
    this.folder = folder;
    this.keep = Math.max(1, keep);
  }

  /**
   * A checkpoint read back.
   *
   * @param parameters trainable tensors by name, row-major
   * @param optimizer moments by name, row-major
   */
  record Saved(
      TrainingState state, Map<String, float[]> parameters, Map<String, float[]> optimizer) {}

  /** Publishes a checkpoint and drops the ones that are neither newest nor best. */
  void save(TrainingState state, Map<String, Tensor> parameters, Map<String, Tensor> optimizer) {
    Path staged = folder.resolve(name(state.step()) + AtomicFiles.PARTIAL);
    AtomicFiles.deleteRecursively(staged);
    try {
      write(staged, state, parameters, optimizer);
      Path target = folder.resolve(name(state.step()));
      AtomicFiles.deleteRecursively(target);
      AtomicFiles.publishFolder(staged, target);
    } finally {
      AtomicFiles.deleteRecursively(staged);
    }
    prune(state);
  }

  private static void write(
      Path staged,
      TrainingState state,
      Map<String, Tensor> parameters,
      Map<String, Tensor> optimizer) {
    try {
      Files.createDirectories(staged);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(staged, e);
    }
    SafetensorsWriter.write(
        staged.resolve(PARAMETERS), AdapterFolder.tensors(parameters), Map.of());
    SafetensorsWriter.write(staged.resolve(OPTIMIZER), AdapterFolder.tensors(optimizer), Map.of());
    AtomicFiles.writeString(staged.resolve(STATE), Json.pretty(state));
    Map<String, String> digests = new LinkedHashMap<>();
    for (String file : List.of(PARAMETERS, OPTIMIZER, STATE)) {
      digests.put(file, Hashes.sha256(staged.resolve(file)));
    }
    AtomicFiles.writeString(staged.resolve(MANIFEST), Json.pretty(digests));
  }

  /** The newest checkpoint, verified; empty when there is none. */
  Optional<Saved> newest() {
    List<Integer> steps = steps();
    return steps.isEmpty() ? Optional.empty() : Optional.of(read(steps.get(steps.size() - 1)));
  }

  /** The checkpoint of one step, verified. */
  Saved read(int step) {
    Path path = folder.resolve(name(step));
    try {
      Json.mapper()
          .readTree(Files.readString(path.resolve(MANIFEST)))
          .properties()
          .forEach(entry -> verify(path.resolve(entry.getKey()), entry.getValue().asString("")));
      TrainingState state =
          Json.parse(Files.readString(path.resolve(STATE)), TrainingState.class, path.toString());
      return new Saved(
          state,
          AdapterFolder.readFloats(path.resolve(PARAMETERS)),
          AdapterFolder.readFloats(path.resolve(OPTIMIZER)));
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read checkpoint " + path + ": " + e.getMessage(),
          "remove that folder and run again",
          e);
    }
  }

  private static void verify(Path file, String expected) {
    if (!Hashes.sha256(file).equals(expected)) {
      throw Failure.infrastructure(
          file + " does not have the digest its manifest says",
          "remove its folder to continue from an older checkpoint",
          null);
    }
  }

  private void prune(TrainingState state) {
    List<Integer> steps = steps();
    for (int step : steps.subList(0, Math.max(0, steps.size() - keep))) {
      if (step != state.bestStep()) {
        AtomicFiles.deleteRecursively(folder.resolve(name(step)));
      }
    }
  }

  private List<Integer> steps() {
    List<Integer> steps = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> children = Files.list(folder)) {
        children
            .map(child -> child.getFileName().toString())
            .filter(name -> name.matches("step-\\d+"))
            .map(name -> Integer.parseInt(name.substring("step-".length())))
            .sorted()
            .forEach(steps::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return steps;
  }

  private static String name(int step) {
    return "step-%06d".formatted(step);
  }
}
