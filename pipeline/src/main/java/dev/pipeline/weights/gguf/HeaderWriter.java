package dev.pipeline.weights.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the parts of a header, little-endian. */
final class HeaderWriter {
  private final ByteArrayOutputStream out;

  HeaderWriter(ByteArrayOutputStream out) {
    this.out = out;
  }

  void entry(String key, GgufValue value) {
    text(key);
    int32(value.type().id());
    value(value);
  }

  void tensor(GgufTensorData tensor, long offset) {
    text(tensor.name());
    int32(tensor.shape().size());
    tensor.shape().forEach(this::int64);
    int32(tensor.type().id());
    int64(offset);
  }

  void int32(int value) {
    bytes(value, 4);
  }

  void int64(long value) {
    bytes(value, 8);
  }

  private void value(GgufValue value) {
    if (value instanceof GgufValue.Whole whole) {
      bytes(whole.value(), whole.type().leastBytes());
    } else if (value instanceof GgufValue.Real real) {
      if (real.type() == ValueType.FLOAT32) {
        int32(Float.floatToRawIntBits((float) real.value()));
      } else {
        int64(Double.doubleToRawLongBits(real.value()));
      }
    } else if (value instanceof GgufValue.Truth truth) {
      bytes(truth.value() ? 1 : 0, 1);
    } else if (value instanceof GgufValue.Text text) {
      text(text.value());
    } else if (value instanceof GgufValue.Array array) {
      int32(array.elementType().id());
      int64(array.values().size());
      array.values().forEach(this::value);
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int64(utf8.length);
    out.writeBytes(utf8);
  }

  private void bytes(long value, int count) {
    for (int i = 0; i < count; i++) {
      out.write((int) (value >>> (8 * i)));
    }
  }
}
