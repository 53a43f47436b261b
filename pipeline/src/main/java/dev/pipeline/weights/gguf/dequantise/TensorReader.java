package dev.pipeline.weights.gguf.dequantise;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** Reads tensors of any supported type as float32, a few megabytes at a time. */
public final class TensorReader {
  /** A whole number of blocks of every type. */
  private static final int WEIGHTS_AT_ONCE = 1 << 20;

  private static final List<GgmlType> SUPPORTED =
      List.of(GgmlType.values()).stream().filter(type -> Dequantiser.of(type).isPresent()).toList();

  private TensorReader() {}

  /** Takes a stretch of a tensor. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes {@code weights}, which start at element {@code first} of the tensor, row-major; the
     * array is reused after the call.
     */
    void accept(long first, float[] weights);
  }

  /** Fails unless {@code tensor} is of a type that can be read. */
  public static void check(GgufTensor tensor) {
    dequantiser(tensor);
  }

  /** Gives all of {@code tensor}'s weights to {@code sink}, in order. */
  public static void read(GgufTensor tensor, Sink sink) {
    Dequantiser dequantiser = dequantiser(tensor);
    GgmlType type = tensor.type();
    long elements = tensor.columns() * tensor.rows();
    float[] weights = new float[(int) Math.min(elements, WEIGHTS_AT_ONCE)];
    byte[] blocks = new byte[(int) type.bytes(weights.length)];
    try (FileChannel channel = FileChannel.open(tensor.file())) {
      channel.position(tensor.offset());
      for (long first = 0; first < elements; first += weights.length) {
        if (elements - first < weights.length) {
          weights = new float[(int) (elements - first)];
        }
        int bytes = (int) type.bytes(weights.length);
        readFully(channel, ByteBuffer.wrap(blocks, 0, bytes));
        dequantiser.dequantise(blocks, bytes / type.bytesPerBlock(), weights);
        sink.accept(first, weights);
      }
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read tensor " + tensor.name() + " of " + tensor.file() + ": " + e.getMessage(),
          "check that the file is still there and readable",
          e);
    }
  }

  private static Dequantiser dequantiser(GgufTensor tensor) {
    return Dequantiser.of(tensor.type())
        .orElseThrow(
            () ->
                Failure.refused(
                    "%s: tensor %s is of type %s, which cannot be trained on"
                        .formatted(tensor.file(), tensor.name(), tensor.type()),
                    "use a file whose tensors are of " + SUPPORTED));
  }

  private static void readFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.read(bytes) < 0) {
        throw new IOException("the file shrank while it was read");
      }
    }
  }
}
