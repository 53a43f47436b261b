package dev.pipeline.model;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.torch.Tensor;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.safetensors.ElementType;
import dev.pipeline.weights.safetensors.SafetensorsFile;
import dev.pipeline.weights.safetensors.SafetensorsWriter;
import dev.pipeline.weights.safetensors.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

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
    AtomicFiles.writeString(folder.resolve(CONFIG), Json.pretty(config(adapter, baseModel)));
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
    try {
      JsonNode config = Json.mapper().readTree(Files.readString(folder.resolve(CONFIG)));
      List<String> targets =
          config.path("target_modules").valueStream().map(node -> node.asString("")).toList();
      return new LoraSpec(
          config.path("r").asInt(0),
          config.path("lora_alpha").asInt(0),
          config.path("lora_dropout").asDouble(0),
          targets);
    } catch (IOException e) {
      throw Failure.refused("no adapter in " + folder, "run pipeline run sft, or check the path");
    }
  }

  /** The matrices by PEFT name, row-major. */
  public static Map<String, float[]> readMatrices(Path folder) {
    return readFloats(folder.resolve(WEIGHTS));
  }

  /** Every float32 tensor of a safetensors file, row-major. */
  public static Map<String, float[]> readFloats(Path file) {
    Map<String, float[]> matrices = new LinkedHashMap<>();
    SafetensorsFile.open(file)
        .tensors()
        .forEach(
            (name, entry) -> {
              if (entry.type() != ElementType.F32) {
                throw Failure.refused(
                    file + ": " + name + " is " + entry.type() + ", not F32",
                    "save the adapter in float32");
              }
              float[] values = new float[(int) entry.elements()];
              entry.map().asFloatBuffer().get(values);
              matrices.put(name, values);
            });
    return matrices;
  }

  static Failure mismatch(String name, int rows, int columns) {
    return Failure.refused(
        "the adapter has no " + name + " of shape [" + rows + ", " + columns + "]",
        "use an adapter that was trained on this base model");
  }

  static Failure unexpected(Set<String> names) {
    return Failure.refused(
        "the adapter holds matrices this model has no place for, such as "
            + names.iterator().next(),
        "use an adapter that was trained on this base model");
  }

  private static Map<String, Object> config(LoraAdapter adapter, String baseModel) {
    LoraSpec spec = adapter.spec();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("base_model_name_or_path", baseModel);
    config.put("bias", "none");
    config.put("fan_in_fan_out", false);
    config.put("inference_mode", true);
    config.put("init_lora_weights", true);
    config.put("lora_alpha", spec.alpha());
    config.put("lora_dropout", spec.dropout());
    config.put("peft_type", "LORA");
    config.put("r", spec.rank());
    config.put("target_modules", adapter.adaptedModules());
    config.put("task_type", "CAUSAL_LM");
    config.put("use_dora", false);
    config.put("use_rslora", false);
    return config;
  }

  private static ByteBuffer littleEndian(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }
}
