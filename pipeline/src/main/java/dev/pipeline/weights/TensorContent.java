package dev.pipeline.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Streams a tensor's bytes into a file, so that only one tensor need be in memory at a time. */
@FunctionalInterface
public interface TensorContent {
  /** Writes exactly the tensor's bytes, little-endian, row-major. */
  void writeTo(WritableByteChannel out) throws IOException;

  /** The remaining bytes of {@code bytes}, which stays as it is. */
  static TensorContent of(ByteBuffer bytes) {
    return out -> {
      ByteBuffer view = bytes.duplicate();
      while (view.hasRemaining()) {
        out.write(view);
      }
    };
  }
}
