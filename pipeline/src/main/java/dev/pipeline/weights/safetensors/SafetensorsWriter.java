package dev.pipeline.weights.safetensors;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a safetensors file; equal tensors and metadata give equal bytes. */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private SafetensorsWriter() {}

  /**
   * Writes {@code tensors} to {@code path}, which is overwritten and not synced: for a file that is
   * whole or absent, pass the temporary path of {@link AtomicFiles#writePath}.
   */
  public static void write(
      Path path, Map<String, TensorData> tensors, Map<String, String> metadata) {
    // Widest elements first, as the reference implementation does, so that each is aligned.
    List<Map.Entry<String, TensorData>> ordered =
        tensors.entrySet().stream()
            .sorted(
                Comparator.comparingInt(
                        (Map.Entry<String, TensorData> entry) -> -entry.getValue().type().bytes())
                    .thenComparing(Map.Entry::getKey))
            .toList();
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, header(ordered, metadata));
      for (Map.Entry<String, TensorData> entry : ordered) {
        write(channel, entry.getKey(), entry.getValue());
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(path, e);
    }
  }

  private static void write(FileChannel channel, String name, TensorData tensor)
      throws IOException {
    long start = channel.position();
    tensor.content().writeTo(channel);
    long written = channel.position() - start;
    if (written != tensor.length()) {
      throw new IllegalStateException(
          "tensor %s wrote %d of its %d bytes".formatted(name, written, tensor.length()));
    }
  }

  private static ByteBuffer header(
      List<Map.Entry<String, TensorData>> ordered, Map<String, String> metadata) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (!metadata.isEmpty()) {
      fields.put("__metadata__", new TreeMap<>(metadata));
    }
    long offset = 0;
    for (Map.Entry<String, TensorData> entry : ordered) {
      TensorData tensor = entry.getValue();
      long end = offset + tensor.length();
      Map<String, Object> description = new LinkedHashMap<>();
      description.put("dtype", tensor.type().name());
      description.put("shape", tensor.shape());
      description.put("data_offsets", List.of(offset, end));
      fields.put(entry.getKey(), description);
      offset = end;
    }
    byte[] json = Json.line(fields).getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(padded).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
