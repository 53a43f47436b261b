package dev.pipeline.weights.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
  @TempDir Path folder;

  @Test
  void givesBackWhatWasWritten() {
    Path file = folder.resolve("model.safetensors");
    SafetensorsWriter.write(
        file,
        Map.of("b", floats(1.5f, -2f), "a", floats(3f, 4f), "bytes", bytes(7, 8, 9)),
        Map.of("format", "pt"));

    SafetensorsFile opened = SafetensorsFile.open(file);

    assertThat(opened.metadata()).containsExactly(Map.entry("format", "pt"));
    assertThat(opened.tensors().keySet()).containsExactly("a", "b", "bytes");
    TensorEntry entry = opened.tensor("b");
    assertThat(entry.shape()).containsExactly(1L, 2L);
    assertThat(entry.elements()).isEqualTo(2);
    assertThat(entry.offset() % 8).isZero();
    ByteBuffer mapped = entry.map();
    assertThat(mapped.isReadOnly()).isTrue();
    assertThat(mapped.getFloat()).isEqualTo(1.5f);
    assertThat(mapped.getFloat()).isEqualTo(-2f);
    assertThat(opened.tensor("bytes").map().get(2)).isEqualTo((byte) 9);
  }

  @Test
  void equalContentHasEqualBytes() throws IOException {
    Path first = folder.resolve("first.safetensors");
    Path second = folder.resolve("second.safetensors");
    SafetensorsWriter.write(
        first, Map.of("x", floats(1, 2), "y", bytes(1)), Map.of("k", "v", "a", "b"));
    SafetensorsWriter.write(
        second, Map.of("y", bytes(1), "x", floats(1, 2)), Map.of("a", "b", "k", "v"));

    assertThat(first).hasSameBinaryContentAs(second);
    assertThat(Files.readString(first, StandardCharsets.ISO_8859_1).substring(8))
        .startsWith("{\"__metadata__\":{\"a\":\"b\",\"k\":\"v\"},\"x\":{\"data_offsets\":[0,8],");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "offset past the end | {'x':{'dtype':'U8','shape':[9],'data_offsets':[0,9]}} | ends at byte 9 of 8",
        "hole at the start | {'x':{'dtype':'U8','shape':[7],'data_offsets':[1,8]}} | leave a hole",
        "overlap | {'x':{'dtype':'U8','shape':[5],'data_offsets':[0,5]},'y':{'dtype':'U8','shape':[4],'data_offsets':[4,8]}} | overlap",
        "bytes nobody owns | {'x':{'dtype':'U8','shape':[7],'data_offsets':[0,7]}} | 1 bytes after its last",
        "shape and length differ | {'x':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | cannot have 8 bytes",
        "shape overflows | {'x':{'dtype':'F32','shape':[4611686018427387904,16],'data_offsets':[0,8]}} | impossible shape",
        "unknown type | {'x':{'dtype':'Q9','shape':[8],'data_offsets':[0,8]}} | unknown dtype Q9",
        "negative offset | {'x':{'dtype':'U8','shape':[8],'data_offsets':[-8,0]}} | -8 in data_offsets",
        "reversed offsets | {'x':{'dtype':'U8','shape':[8],'data_offsets':[8,0]}} | data_offsets [8, 0]",
        "fractional shape | {'x':{'dtype':'U8','shape':[8.5],'data_offsets':[0,8]}} | 8.5 in shape",
        "no shape | {'x':{'dtype':'U8','data_offsets':[0,8]}} | no list shape",
        "a name twice | {'x':{'dtype':'U8','shape':[8],'data_offsets':[0,8]},'x':{'dtype':'U8','shape':[8],'data_offsets':[0,8]}} | not JSON",
        "not an object | [1,2,3] | no JSON object",
        "not JSON | {'x' | not JSON",
      })
  void refusesLyingHeaders(String kind, String header, String reason) throws IOException {
    Path file = raw(header.trim().replace('\'', '"'), new byte[8]);

    refusal(file, reason.trim());
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    Path file = folder.resolve("model.safetensors");
    SafetensorsWriter.write(file, Map.of("x", floats(1, 2)), Map.of());
    byte[] whole = Files.readAllBytes(file);

    for (int length = 0; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      refusal(file, file.toString());
    }
  }

  @Test
  void refusesAnAbsurdHeaderLengthBeforeAllocating() throws IOException {
    Path file = folder.resolve("model.safetensors");
    ByteBuffer bytes = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(0, -1L).array());

    refusal(file, "header of 18446744073709551615 bytes");
  }

  @Test
  void namesGitLfsPointersAndPickles() throws IOException {
    Path pointer = folder.resolve("model.safetensors");
    Files.writeString(
        pointer, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n");
    refusal(pointer, "git-lfs pointer");

    Files.writeString(pointer, "PK\u0003\u0004 a zip made by torch.save");
    refusal(pointer, "pickle");

    Path pickle = folder.resolve("pytorch_model.bin");
    Files.writeString(pickle, "anything at all");
    refusal(pickle, "pickle");
  }

  @Test
  void namesTheMissingTensor() {
    Path file = folder.resolve("model.safetensors");
    SafetensorsWriter.write(file, Map.of("x", floats(1, 2)), Map.of());

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> SafetensorsFile.open(file).tensor("y"))
        .withMessageContaining("has no tensor y");
  }

  private static void refusal(Path file, String reason) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> SafetensorsFile.open(file))
        .withMessageContaining(reason)
        .withMessageContaining(file.getFileName().toString())
        .extracting(Failure::exitCode)
        .isEqualTo(ExitCode.REFUSED);
  }

  private Path raw(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length).array());
    out.write(json);
    out.write(data);
    return Files.write(folder.resolve("model.safetensors"), out.toByteArray());
  }

  private static TensorData floats(float first, float second) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    return TensorData.of(
        ElementType.F32, List.of(1L, 2L), bytes.putFloat(first).putFloat(second).flip());
  }

  private static TensorData bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return TensorData.of(ElementType.U8, List.of((long) values.length), bytes.flip());
  }
}
