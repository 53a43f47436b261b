package dev.pipeline.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFolderTest {
  @TempDir Path folder;

  @Test
  void opensASingleFile() {
    SafetensorsWriter.write(folder.resolve("model.safetensors"), one("x", 1), Map.of());

    assertThat(SafetensorsFolder.open(folder).keySet()).containsExactly("x");
  }

  @Test
  void opensShardsThroughTheirIndex() throws IOException {
    SafetensorsWriter.write(
        folder.resolve("model-00001-of-00002.safetensors"), one("x", 1), Map.of());
    SafetensorsWriter.write(
        folder.resolve("model-00002-of-00002.safetensors"), one("a", 2), Map.of());
    index("{'x':'model-00001-of-00002.safetensors','a':'model-00002-of-00002.safetensors'}");

    Map<String, TensorEntry> tensors = SafetensorsFolder.open(folder);

    assertThat(tensors.keySet()).containsExactly("a", "x");
    assertThat(tensors.values().iterator().next().map().get(0)).isEqualTo((byte) 2);
  }

  @Test
  void refusesAnIndexThatLeavesItsFolderOrNamesWhatIsNotThere() throws IOException {
    SafetensorsWriter.write(folder.resolve("model-1.safetensors"), one("x", 1), Map.of());

    index("{'x':'../model-1.safetensors'}");
    refusal("no plain file name");
    index("{'x':'model-2.safetensors'}");
    refusal("no such weights file");
    index("{'y':'model-1.safetensors'}");
    refusal("has no tensor y");
    index("{}");
    refusal("no weight_map");
  }

  @Test
  void saysWhatIsWrongWithAFolderWithoutSafetensors() throws IOException {
    refusal("neither model.safetensors nor");
    Files.writeString(folder.resolve("pytorch_model.bin"), "pickle");
    refusal("pickle weights");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> SafetensorsFolder.open(folder.resolve("absent")))
        .withMessageContaining("no such model folder");
  }

  private void refusal(String reason) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> SafetensorsFolder.open(folder))
        .withMessageContaining(reason);
  }

  private void index(String weightMap) throws IOException {
    Files.writeString(
        folder.resolve("model.safetensors.index.json"),
        "{\"metadata\":{},\"weight_map\":" + weightMap.replace('\'', '"') + "}");
  }

  private static Map<String, TensorData> one(String name, int value) {
    return Map.of(
        name,
        TensorData.of(ElementType.U8, List.of(1L), ByteBuffer.wrap(new byte[] {(byte) value})));
  }
}
