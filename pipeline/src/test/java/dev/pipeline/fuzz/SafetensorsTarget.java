package dev.pipeline.fuzz;

import dev.pipeline.weights.safetensors.ElementType;
import dev.pipeline.weights.safetensors.SafetensorsFile;
import dev.pipeline.weights.safetensors.SafetensorsWriter;
import dev.pipeline.weights.safetensors.TensorData;
import dev.pipeline.weights.safetensors.TensorEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Safetensors files: headers that lie. */
final class SafetensorsTarget implements Target {
  private static final int LENGTH_BYTES = 8;

  @Override
  public List<byte[]> seeds() throws IOException {
    Map<String, TensorData> one = new LinkedHashMap<>();
    one.put("x", tensor(ElementType.F32, 2, 3));
    Map<String, TensorData> many = new LinkedHashMap<>(one);
    many.put("model.embed_tokens.weight", tensor(ElementType.BF16, 4, 8));
    many.put("model.norm.weight", tensor(ElementType.F16, 8));
    many.put("ids", tensor(ElementType.I64, 3));
    many.put("scalar", tensor(ElementType.U8));
    many.put("empty", tensor(ElementType.F32, 0, 4));
    return List.of(
        file(one, Map.of()), file(many, Map.of("format", "pt")), file(Map.of(), Map.of("a", "b")));
  }

  /** Half of the inputs announce the header they have, or no damage would be read far. */
  @Override
  public byte[] mend(byte[] damaged, boolean wanted) {
    int end = lastBrace(damaged);
    if (wanted && end > LENGTH_BYTES) {
      ByteBuffer.wrap(damaged).order(ByteOrder.LITTLE_ENDIAN).putLong(end + 1L - LENGTH_BYTES);
    }
    return damaged;
  }

  @Override
  public void read(Path file) {
    for (TensorEntry entry : SafetensorsFile.open(file).tensors().values()) {
      ByteBuffer bytes = entry.map();
      if (bytes.remaining() != entry.length() || entry.elements() < 0) {
        throw new AssertionError(entry);
      }
      while (bytes.hasRemaining()) {
        bytes.get();
      }
    }
  }

  @Override
  public long allowance(long length) {
    return (1 << 20) + 256 * length;
  }

  private static int lastBrace(byte[] bytes) {
    int at = bytes.length - 1;
    while (at >= 0 && bytes[at] != '}') {
      at--;
    }
    return at;
  }

  private static TensorData tensor(ElementType type, long... shape) {
    List<Long> sizes = java.util.Arrays.stream(shape).boxed().toList();
    long elements = sizes.stream().reduce(1L, Math::multiplyExact);
    return TensorData.of(type, sizes, ByteBuffer.allocate((int) elements * type.bytes()));
  }

  private static byte[] file(Map<String, TensorData> tensors, Map<String, String> metadata)
      throws IOException {
    Path file = Files.createTempFile("seed", ".safetensors");
    try {
      SafetensorsWriter.write(file, tensors, metadata);
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }
}
