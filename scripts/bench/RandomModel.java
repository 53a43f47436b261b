package dev.pipeline.train;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import dev.pipeline.model.Architecture;
import dev.pipeline.model.Architectures;
import dev.pipeline.model.LayerWeight;
import dev.pipeline.weights.Bfloat16;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.safetensors.ElementType;
import dev.pipeline.weights.safetensors.SafetensorsWriter;
import dev.pipeline.weights.safetensors.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * A Hugging Face folder of random bfloat16 weights.
 *
 * <pre>
 * RandomModel FOLDER ARCHITECTURE HIDDEN LAYERS FEED_FORWARD KEY_VALUE_HEADS VOCABULARY
 * </pre>
 *
 * Heads are 64 wide; norms' weights are 1, all else is spread like a trained model's weights.
 */
public final class RandomModel {
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    int[] sizes = Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of(arguments[1]));
    config.put("hidden_size", sizes[0]);
    config.put("num_hidden_layers", sizes[1]);
    config.put("num_attention_heads", sizes[0] / 64);
    config.put("num_key_value_heads", sizes[3]);
    config.put("intermediate_size", sizes[2]);
    config.put("vocab_size", sizes[4]);
    config.put("max_position_embeddings", 8192);
    config.put("rms_norm_eps", 1e-5);
    config.put("rope_theta", 10000.0);
    config.put("tie_word_embeddings", false);
    AtomicFiles.writeString(folder.resolve("config.json"), Json.pretty(config));
    JsonNode read = Json.mapper().valueToTree(config);
    Architecture architecture = Architectures.of(read, "config.json");
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    for (LayerWeight weight : architecture.weights(architecture.shape(read, "config.json"), sizes[1])) {
      tensors.put(weight.name(), content(weight));
    }
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
  }

  private static TensorData content(LayerWeight weight) {
    long columns = Math.max(1, weight.columns());
    return new TensorData(
        ElementType.BF16,
        Arrays.stream(weight.shape()).boxed().toList(),
        out -> {
          Random random = new Random(weight.name().hashCode());
          float[] row = new float[(int) columns];
          for (int i = 0; i < weight.rows(); i++) {
            for (int j = 0; j < row.length; j++) {
              row[j] = weight.isVector() ? 1 : (random.nextFloat() + random.nextFloat() - 1) / 32;
            }
            ByteBuffer bytes = Bfloat16.littleEndian(row);
            TensorContent.of(bytes).writeTo(out);
          }
        });
  }
}
