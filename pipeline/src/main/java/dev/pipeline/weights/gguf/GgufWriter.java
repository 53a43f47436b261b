package dev.pipeline.weights.gguf;

import dev.pipeline.io.AtomicFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes GGUF version 3; equal metadata and tensors give equal bytes. */
public final class GgufWriter {
  private static final int VERSION = 3;

  private GgufWriter() {}

  /**
   * Writes {@code tensors} in their order to {@code path}, which is overwritten and not synced: for
   * a file that is whole or absent, pass the temporary path of {@link AtomicFiles#writePath}.
   */
  public static void write(Path path, GgufMetadata metadata, List<GgufTensorData> tensors) {
    int alignment = (int) metadata.whole(GgufReader.ALIGNMENT_KEY, GgufReader.DEFAULT_ALIGNMENT);
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, ByteBuffer.wrap(header(metadata, tensors, alignment)));
      pad(channel, alignment);
      for (GgufTensorData tensor : tensors) {
        write(channel, tensor);
        pad(channel, alignment);
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(path, e);
    }
  }

  private static byte[] header(GgufMetadata metadata, List<GgufTensorData> tensors, int alignment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HeaderWriter header = new HeaderWriter(bytes);
    header.int32(GgufReader.MAGIC);
    header.int32(VERSION);
    header.int64(tensors.size());
    header.int64(metadata.values().size());
    metadata.values().forEach(header::entry);
    long offset = 0;
    for (GgufTensorData tensor : tensors) {
      header.tensor(tensor, offset);
      offset = GgufReader.padded(offset + tensor.length(), alignment);
    }
    return bytes.toByteArray();
  }

  private static void write(FileChannel channel, GgufTensorData tensor) throws IOException {
    long start = channel.position();
    tensor.content().writeTo(channel);
    long written = channel.position() - start;
    if (written != tensor.length()) {
      throw new IllegalStateException(
          "tensor %s wrote %d of its %d bytes".formatted(tensor.name(), written, tensor.length()));
    }
  }

  private static void pad(FileChannel channel, int alignment) throws IOException {
    long position = channel.position();
    write(channel, ByteBuffer.allocate((int) (GgufReader.padded(position, alignment) - position)));
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
