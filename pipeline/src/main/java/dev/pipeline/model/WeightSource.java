package dev.pipeline.model;

import dev.pipeline.io.Failure;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.WeightLoader;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.StoredWeights;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.safetensors.TensorEntry;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A model's weights by Hugging Face name, whatever kind of file they lie in. */
public interface WeightSource {
  /** The weights of {@code folder}, none of which belongs to a layer that the config leaves out. */
  static WeightSource of(ModelFolder folder, Architecture architecture, DecoderShape shape) {
    if (folder.weights() instanceof StoredWeights.Gguf gguf) {
      GgufFile file = gguf.file();
      refuseMoreLayers(file.path(), file.tensors().keySet(), "blk.", shape.layers());
      return new GgufWeights(file, architecture, shape);
    }
    Map<String, TensorEntry> tensors = ((StoredWeights.Safetensors) folder.weights()).tensors();
    refuseMoreLayers(folder.path(), tensors.keySet(), WeightNames.LAYERS, shape.layers());
    return new SafetensorsWeights(folder.path(), tensors);
  }

  /** Other weights that nobody asks for, such as the frequencies of old Llamas, do no harm. */
  private static void refuseMoreLayers(
      Object file, Collection<String> names, String prefix, int layers) {
    Pattern numbered = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,9})\\..*");
    for (String name : new TreeSet<>(names)) {
      Matcher matcher = numbered.matcher(name);
      if (matcher.matches() && Integer.parseInt(matcher.group(1)) >= layers) {
        throw Failure.refused(
            "%s has %s, but the config says there are only %d layers".formatted(file, name, layers),
            "use config.json and weights of the same model");
      }
    }
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
