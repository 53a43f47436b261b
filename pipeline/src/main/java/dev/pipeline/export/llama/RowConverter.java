package dev.pipeline.export.llama;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** Converts rows of a tensor with ggml's own kernels; safe for use by several threads. */
final class RowConverter {
  private final LlamaLibrary library;

  RowConverter(LlamaLibrary library) {
    this.library = library;
  }

  /**
   * {@code rows} rows from {@code firstRow} on, in {@code target}'s blocks.
   *
   * @param weights what the squared error of each column counts; empty to count all alike
   */
  ByteBuffer convert(
      GgufTensor tensor, long firstRow, long rows, GgmlType target, Optional<float[]> weights) {
    ByteBuffer source = tensor.mapRows(firstRow, rows);
    validate(tensor, tensor.type(), source);
    if (target == tensor.type()) {
      return source;
    }
    long elements = rows * tensor.columns();
    Memory floats = floats(tensor, source, elements);
    ByteBuffer converted =
        ByteBuffer.allocateDirect((int) target.bytes(elements)).order(ByteOrder.LITTLE_ENDIAN);
    Memory importance = weights.map(RowConverter::copied).orElse(null);
    long written =
        library.ggmlQuantizeChunk(
            target.id(),
            floats,
            Native.getDirectBufferPointer(converted),
            0,
            rows,
            tensor.columns(),
            importance);
    if (written != converted.remaining()) {
      throw new IllegalStateException(
          "ggml wrote %d bytes of %d for %s"
              .formatted(written, converted.remaining(), tensor.name()));
    }
    validate(tensor, target, converted);
    return converted;
  }

  private static Memory copied(float[] values) {
    Memory copy = new Memory((long) Float.BYTES * values.length);
    copy.write(0, values, 0, values.length);
    return copy;
  }

  private Memory floats(GgufTensor tensor, ByteBuffer source, long elements) {
    Memory floats = new Memory(Float.BYTES * elements);
    switch (tensor.type()) {
      case F32 -> floats.getByteBuffer(0, floats.size()).put(source.duplicate());
      case F16 -> library.ggmlFp16ToFp32Row(source, floats, elements);
      case BF16 -> library.ggmlBf16ToFp32Row(source, floats, elements);
      default ->
          throw Failure.refused(
              "%s: tensor %s is of type %s, already quantised"
                  .formatted(tensor.file(), tensor.name(), tensor.type()),
              "quantise from the F16, BF16 or F32 file");
    }
    return floats;
  }

  private void validate(GgufTensor tensor, GgmlType type, ByteBuffer data) {
    if (library.ggmlValidateRowData(type.id(), data, data.remaining()) == 0) {
      throw Failure.refused(
          "%s: tensor %s holds NaN or infinite weights".formatted(tensor.file(), tensor.name()),
          "train again with a lower learning rate, or restore the last good checkpoint");
    }
  }
}
