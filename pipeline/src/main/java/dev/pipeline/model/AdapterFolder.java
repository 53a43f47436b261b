package dev.pipeline.model;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.Bfloat16;
import dev.pipeline.weights.Float16;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.safetensors.ElementType;
import dev.pipeline.weights.safetensors.SafetensorsFile;
import dev.pipeline.weights.safetensors.SafetensorsWriter;
import dev.pipeline.weights.safetensors.TensorData;
import dev.pipeline.weights.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An adapter on disk in PEFT's format: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}.
 */
public final class AdapterFolder {
  /** What PEFT puts before a module's own name. */
  public static final String PREFIX = "base_model.model.";

  private static final String CONFIG = "adapter_config.json";
  private static final String WEIGHTS = "adapter_model.safetensors";

  private AdapterFolder() {}

  /** Writes both files atomically, the config last. */
  public static void write(Path folder, LoraAdapter adapter, String baseModel) {
    AtomicFiles.writePath(
        folder.resolve(WEIGHTS),
        file ->
            SafetensorsWriter.write(file, tensors(adapter.parameters()), Map.of("format", "pt")));
    AtomicFiles.writeString(folder.resolve(CONFIG), Json.pretty(PeftConfig.of(adapter, baseModel)));
  }

  /** Float32 tensors as safetensors content, streamed one at a time. */
  public static Map<String, TensorData> tensors(Map<String, Tensor> parameters) {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    parameters.forEach(
        (name, tensor) ->
            tensors.put(
                name,
                new TensorData(
                    ElementType.F32,
                    Arrays.stream(tensor.shape()).boxed().toList(),
                    out -> TensorContent.of(littleEndian(tensor.toFloats())).writeTo(out))));
    return tensors;
  }

  /** What an adapter's config says of its rank, scale and targets. */
  public static LoraSpec readSpec(Path folder) {
    return PeftConfig.read(folder.resolve(CONFIG));
  }

  /**
   * Refuses an adapter whose config says that it was trained on another base.
   *
   * @param baseName how the base is called here
   */
  public static void requireBase(Path folder, String baseName) {
    Path config = folder.resolve(CONFIG);
    String trainedOn = PeftConfig.baseName(config);
    if (!trainedOn.equals(baseName) && !isSameFolder(trainedOn, baseName)) {
      throw Failure.refused(
          config + ": the adapter was trained on \"" + trainedOn + "\", not on " + baseName,
          "use an adapter of this base; if it is the same model, correct base_model_name_or_path");
    }
  }

  private static boolean isSameFolder(String one, String other) {
    try {
      return Files.isSameFile(Path.of(one), Path.of(other));
    } catch (IOException | InvalidPathException neither) {
      return false;
    }
  }

  /** Likewise, of an adapter for a base of the given shape. */
  static LoraSpec readSpec(Path folder, Architecture architecture, DecoderShape shape) {
    LoraSpec spec = readSpec(folder);
    List<String> unknown = spec.unknown(architecture, shape);
    if (!unknown.isEmpty()) {
      throw Failure.refused(
          folder.resolve(CONFIG)
              + ": target_modules: "
              + unknown
              + " match no linear layer of "
              + architecture.name(),
          "use an adapter that was trained on this base model, on linear layers of its layers");
    }
    return spec;
  }

  /** The adapter in {@code folder}, in the engine, for a base of the given shape. */
  public static LoraAdapter read(
      Torch torch, Architecture architecture, DecoderShape shape, Path folder) {
    LoraSpec spec = readSpec(folder, architecture, shape);
    return LoraAdapter.of(torch, architecture, shape, spec, readMatrices(folder));
  }

  /** The tensors by PEFT name, row-major; 16-bit ones are widened. */
  public static Map<String, float[]> readMatrices(Path folder) {
    return readFloats(folder.resolve(WEIGHTS));
  }

  /** Every tensor of a safetensors file as float32, row-major. */
  public static Map<String, float[]> readFloats(Path file) {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    SafetensorsFile.open(file)
        .tensors()
        .forEach((name, entry) -> tensors.put(name, floats(file, name, entry)));
    return tensors;
  }

  private static float[] floats(Path file, String name, TensorEntry entry) {
    float[] values = new float[(int) entry.elements()];
    ByteBuffer bytes = entry.map();
    switch (entry.type()) {
      case F32 -> bytes.asFloatBuffer().get(values);
      case BF16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Bfloat16.toFloat(bytes.getShort());
        }
      }
      case F16 -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = Float16.toFloat(bytes.getShort());
        }
      }
      default ->
          throw Failure.refused(
              file + ": " + name + " is " + entry.type() + ", not F32, F16 or BF16",
              "save the adapter in float32");
    }
    return values;
  }

  static Failure mismatch(String name, long[] shape) {
    return Failure.refused(
        "the adapter has no " + name + " of shape " + Arrays.toString(shape),
        "use an adapter that was trained on this base model");
  }

  static Failure unexpected(Set<String> names) {
    return Failure.refused(
        "the adapter holds tensors this model has no place for, such as " + names.iterator().next(),
        "use an adapter that was trained on this base model");
  }

  static ByteBuffer littleEndian(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }
}
