package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.safetensors.ElementType;
import dev.pipeline.weights.safetensors.SafetensorsWriter;
import dev.pipeline.weights.safetensors.TensorData;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightSourceTest {
  @TempDir Path folder;

  @Test
  void weightsOfLayersThatTheConfigLeavesOutAreRefused() {
    write(2);
    assertThatCode(() -> DecoderLoader.validate(ModelFolder.open(folder)))
        .doesNotThrowAnyException();
    write(1);
    assertThatThrownBy(() -> DecoderLoader.validate(ModelFolder.open(folder)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "has model.layers.1.input_layernorm.weight, but the config says there are only 1 layers");
  }

  /** Two layers and, as old Llamas have them, the frequencies of their positions. */
  private void write(int layers) {
    Map<String, Object> config = new TreeMap<>(TinyModel.CONFIG);
    DecoderShape shape = new Phi3().shape(Json.mapper().valueToTree(config), "test");
    Map<String, TensorData> tensors = new TreeMap<>();
    DecoderLoader.expectedShapes(new Phi3(), shape, 2)
        .forEach((name, size) -> tensors.put(name, zeros(size)));
    tensors.put("model.layers.0.self_attn.rotary_emb.inv_freq", zeros(4));
    tensors.put("model.rotary_emb.inv_freq", zeros(4));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
    config.put("num_hidden_layers", layers);
    AtomicFiles.writeString(folder.resolve("config.json"), Json.pretty(config));
  }

  private static TensorData zeros(long... shape) {
    List<Long> sizes = Arrays.stream(shape).boxed().toList();
    int elements = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return TensorData.of(ElementType.BF16, sizes, ByteBuffer.allocate(2 * elements));
  }
}
