package dev.pipeline.model;

import dev.pipeline.io.Failure;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.WeightLoader;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.StoredWeights;
import java.util.Arrays;

/** A model's weights by Hugging Face name, whatever kind of file they lie in. */
public interface WeightSource {
  /** The weights of {@code folder}. */
  static WeightSource of(ModelFolder folder, Architecture architecture, DecoderShape shape) {
    if (folder.weights() instanceof StoredWeights.Gguf gguf) {
      return new GgufWeights(gguf.file(), architecture, shape);
    }
    return new SafetensorsWeights(
        folder.path(), ((StoredWeights.Safetensors) folder.weights()).tensors());
  }

  /** Fails unless there is a weight of this name and shape. Reads no weight. */
  void check(String name, long[] shape);

  /**
   * Brings a weight into the engine, in the type and on the device of {@code like}.
   *
   * @param shape the shape it must have, outermost dimension first
   */
  Tensor load(WeightLoader loader, Scope scope, String name, long[] shape, Tensor like);

  /**
   * Brings a weight into the engine piece by piece: what a piece took in memory is free before the
   * next one comes, if the file allows. Otherwise there is one piece.
   */
  default void pieces(
      WeightLoader loader, Scope scope, String name, long[] shape, Tensor like, Pieces pieces) {
    try (Scope piece = scope.inner()) {
      pieces.next(0, load(loader, piece, name, shape, like));
    }
  }

  /** Takes the pieces of a weight. */
  interface Pieces {
    /** Takes {@code values}, whose first is element {@code first} of the weight, row-major. */
    void next(long first, Tensor values);
  }

  /** What {@code file} lacks. */
  static Failure missing(Object file, String name) {
    return Failure.refused(
        file + " has no weight " + name, "fetch the model again; it is incomplete");
  }

  /** Refuses a shape that the config does not imply. */
  static void requireShape(Object file, String name, long[] actual, long[] expected) {
    if (!Arrays.equals(actual, expected)) {
      throw Failure.refused(
          "%s: %s has shape %s, config.json implies %s"
              .formatted(file, name, Arrays.toString(actual), Arrays.toString(expected)),
          "use config.json and weights of the same model");
    }
  }
}
