package dev.pipeline.weights.gguf;

import dev.pipeline.weights.GitLfsPointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the header of one GGUF file and believes none of it before it is checked. */
final class GgufReader {
  static final String ALIGNMENT_KEY = "general.alignment";
  static final int DEFAULT_ALIGNMENT = 32;
  static final int MAGIC = 0x46554747;

  private static final int MAX_KEYS = 1 << 16;
  private static final int MAX_TENSORS = 1 << 16;
  private static final int MAX_ARRAY = 1 << 22;
  private static final int MAX_DIMENSIONS = 4;
  private static final int MAX_ALIGNMENT = 1 << 16;

  /** A key: its length, one byte, its type and a value of one byte. */
  private static final int LEAST_KEY_BYTES = 8 + 1 + 4 + 1;

  /** A tensor: name length, one byte, dimension count, one dimension, type, offset. */
  private static final int LEAST_TENSOR_BYTES = 8 + 1 + 4 + 8 + 4 + 8;

  private final Path path;
  private final HeaderCursor cursor;

  GgufReader(Path path, HeaderCursor cursor) {
    this.path = path;
    this.cursor = cursor;
  }

  /** A tensor as described, before anyone knows where the data begins. */
  private record Description(String name, GgmlType type, List<Long> shape, long offset) {
    long length() {
      long rows = shape.stream().skip(1).reduce(1L, Math::multiplyExact);
      return Math.multiplyExact(type.bytes(shape.get(0)), rows);
    }
  }

  GgufFile read() throws IOException {
    checkMagic();
    int version = cursor.int32();
    if (version != 2 && version != 3) {
      throw cursor.refused(
          "has GGUF version " + Integer.toUnsignedString(version) + ", not 2 or 3");
    }
    int tensorCount = cursor.count("tensors", LEAST_TENSOR_BYTES, MAX_TENSORS);
    int keyCount = cursor.count("keys", LEAST_KEY_BYTES, MAX_KEYS);
    GgufMetadata metadata = metadata(keyCount);
    List<Description> descriptions = new ArrayList<>();
    for (int i = 0; i < tensorCount; i++) {
      descriptions.add(description());
    }
    return new GgufFile(path, metadata, place(descriptions, alignment(metadata)));
  }

  private void checkMagic() throws IOException {
    if (cursor.fileSize() < 24) {
      throw cursor.refused("has " + cursor.fileSize() + " bytes, too few for a GGUF");
    }
    int magic = cursor.int32();
    if (magic == MAGIC) {
      return;
    }
    ByteBuffer start = ByteBuffer.wrap(new byte[GitLfsPointer.LENGTH]);
    start.order(ByteOrder.LITTLE_ENDIAN).putInt(magic);
    while (start.hasRemaining()) {
      start.put((byte) cursor.int8());
    }
    GitLfsPointer.refuse(path, start.array());
    throw cursor.refused("does not start with GGUF");
  }

  private GgufMetadata metadata(int count) throws IOException {
    Map<String, GgufValue> values = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String key = cursor.text();
      if (values.put(key, value(type(key))) != null) {
        throw cursor.refused("has the key " + key + " twice");
      }
    }
    return new GgufMetadata(path.toString(), values);
  }

  private ValueType type(String key) throws IOException {
    int id = cursor.int32();
    return ValueType.withId(id)
        .orElseThrow(() -> cursor.refused("has a value of unknown type " + id + " at key " + key));
  }

  private GgufValue value(ValueType type) throws IOException {
    return switch (type) {
      case UINT8 -> new GgufValue.Whole(type, cursor.int8() & 0xffL);
      case INT8 -> new GgufValue.Whole(type, cursor.int8());
      case UINT16 -> new GgufValue.Whole(type, cursor.int16() & 0xffffL);
      case INT16 -> new GgufValue.Whole(type, cursor.int16());
      case UINT32 -> new GgufValue.Whole(type, cursor.int32() & 0xffff_ffffL);
      case INT32 -> new GgufValue.Whole(type, cursor.int32());
      case UINT64, INT64 -> new GgufValue.Whole(type, cursor.int64());
      case FLOAT32 -> new GgufValue.Real(type, Float.intBitsToFloat(cursor.int32()));
      case FLOAT64 -> new GgufValue.Real(type, Double.longBitsToDouble(cursor.int64()));
      case BOOL -> new GgufValue.Truth(cursor.int8() != 0);
      case STRING -> new GgufValue.Text(cursor.text());
      case ARRAY -> array();
    };
  }

  private GgufValue array() throws IOException {
    ValueType elementType = type("of an array");
    if (elementType == ValueType.ARRAY) {
      throw cursor.refused("has an array of arrays");
    }
    int count = cursor.count("array elements", elementType.leastBytes(), MAX_ARRAY);
    List<GgufValue> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(value(elementType));
    }
    return new GgufValue.Array(elementType, values);
  }

  private Description description() throws IOException {
    String name = cursor.text();
    int dimensions = cursor.int32();
    if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
      throw cursor.refused("gives tensor " + name + " " + dimensions + " dimensions");
    }
    List<Long> shape = new ArrayList<>();
    for (int i = 0; i < dimensions; i++) {
      shape.add(cursor.int64());
    }
    int typeId = cursor.int32();
    GgmlType type =
        GgmlType.withId(typeId)
            .orElseThrow(
                () -> cursor.refused("gives tensor " + name + " the unknown type " + typeId));
    if (shape.stream().anyMatch(size -> size < 1) || shape.get(0) % type.blockSize() != 0) {
      throw cursor.refused("gives tensor " + name + " of type " + type + " the shape " + shape);
    }
    return new Description(name, type, shape, cursor.int64());
  }

  private int alignment(GgufMetadata metadata) {
    long alignment = metadata.whole(ALIGNMENT_KEY, DEFAULT_ALIGNMENT);
    if (alignment < 1 || alignment > MAX_ALIGNMENT || Long.bitCount(alignment) != 1) {
      throw cursor.refused("has the impossible " + ALIGNMENT_KEY + " " + alignment);
    }
    return (int) alignment;
  }

  /** Tensors follow each other without gaps but for the alignment, as llama.cpp demands too. */
  private Map<String, GgufTensor> place(List<Description> descriptions, int alignment)
      throws IOException {
    long dataStart = padded(cursor.position(), alignment);
    long due = 0;
    Map<String, GgufTensor> tensors = new LinkedHashMap<>();
    for (Description tensor : descriptions) {
      long length = length(tensor);
      if (tensor.offset() != due) {
        throw cursor.refused(
            "puts tensor %s at offset %s where %d is due"
                .formatted(tensor.name(), Long.toUnsignedString(tensor.offset()), due));
      }
      if (length > cursor.fileSize() - dataStart - due) {
        throw cursor.refused("ends before tensor " + tensor.name() + " does");
      }
      GgufTensor placed =
          new GgufTensor(
              tensor.name(), tensor.type(), tensor.shape(), path, dataStart + due, length);
      if (tensors.put(tensor.name(), placed) != null) {
        throw cursor.refused("has the tensor " + tensor.name() + " twice");
      }
      due = padded(due + length, alignment);
    }
    return tensors;
  }

  private long length(Description tensor) {
    try {
      return tensor.length();
    } catch (ArithmeticException e) {
      throw cursor.refused("gives tensor " + tensor.name() + " the shape " + tensor.shape());
    }
  }

  static long padded(long length, int alignment) {
    return (length + alignment - 1) / alignment * alignment;
  }
}
