package dev.pipeline.model;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.Bfloat16;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.safetensors.ElementType;
import dev.pipeline.weights.safetensors.SafetensorsWriter;
import dev.pipeline.weights.safetensors.TensorData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A random two-layer Phi-3 of 50 tokens, written as an ordinary model folder. */
public final class TinyModel {
  /** Its config.json. */
  public static final Map<String, Object> CONFIG =
      Map.ofEntries(
          Map.entry("architectures", List.of("Phi3ForCausalLM")),
          Map.entry("hidden_size", 32),
          Map.entry("num_hidden_layers", 2),
          Map.entry("num_attention_heads", 4),
          Map.entry("num_key_value_heads", 2),
          Map.entry("intermediate_size", 48),
          Map.entry("vocab_size", 50),
          Map.entry("max_position_embeddings", 64),
          Map.entry("rms_norm_eps", 1e-5),
          Map.entry("rope_theta", 10000.0),
          Map.entry("tie_word_embeddings", false));

  private TinyModel() {}

  /** Writes config.json and model.safetensors to {@code folder} and opens it. */
  public static ModelFolder write(Torch torch, Path folder) {
    AtomicFiles.writeString(folder.resolve("config.json"), Json.pretty(CONFIG));
    Architecture architecture = new Phi3();
    DecoderShape shape = architecture.shape(Json.mapper().valueToTree(CONFIG), "test");
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    try (Decoder decoder = DecoderLoader.initialise(torch, architecture, shape, 16, 7)) {
      decoder
          .weights()
          .forEach(
              (name, tensor) ->
                  tensors.put(
                      name,
                      TensorData.of(
                          ElementType.BF16,
                          Arrays.stream(tensor.shape()).boxed().toList(),
                          Bfloat16.littleEndian(spread(tensor.toFloats())))));
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
    return ModelFolder.open(folder);
  }

  /** Fresh weights are too small for a frozen head to say anything; norms stay one. */
  private static float[] spread(float[] values) {
    float factor = values[0] == 1f ? 1f : 10f;
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }
}
