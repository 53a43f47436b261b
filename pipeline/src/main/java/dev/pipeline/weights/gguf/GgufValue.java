package dev.pipeline.weights.gguf;

import java.util.List;

/** A typed metadata value; the type is kept, because llama.cpp refuses a key of another width. */
public sealed interface GgufValue {
  /** The type written to the file. */
  ValueType type();

  /**
   * A whole number.
   *
   * @param value the number; an unsigned 64-bit one keeps its bits
   */
  record Whole(ValueType type, long value) implements GgufValue {}

  /** A floating-point number of type FLOAT32 or FLOAT64. */
  record Real(ValueType type, double value) implements GgufValue {}

  /** A truth value. */
  record Truth(boolean value) implements GgufValue {
    @Override
    public ValueType type() {
      return ValueType.BOOL;
    }
  }

  /** UTF-8 text. */
  record Text(String value) implements GgufValue {
    @Override
    public ValueType type() {
      return ValueType.STRING;
    }
  }

  /** Values of one type. */
  record Array(ValueType elementType, List<GgufValue> values) implements GgufValue {
    public Array {
      values = List.copyOf(values);
    }

    @Override
    public ValueType type() {
      return ValueType.ARRAY;
    }
  }

  /** An unsigned 32-bit number, the type of most keys. */
  static GgufValue uint32(long value) {
    return new Whole(ValueType.UINT32, value);
  }

  /** A single-precision number. */
  static GgufValue float32(float value) {
    return new Real(ValueType.FLOAT32, value);
  }

  /** A truth value. */
  static GgufValue truth(boolean value) {
    return new Truth(value);
  }

  /** Text. */
  static GgufValue text(String value) {
    return new Text(value);
  }

  /** A list of texts, such as the vocabulary. */
  static GgufValue texts(List<String> values) {
    return new Array(ValueType.STRING, values.stream().map(GgufValue::text).toList());
  }

  /** A list of signed 32-bit numbers, such as the token types. */
  static GgufValue int32s(List<Integer> values) {
    return new Array(
        ValueType.INT32,
        values.stream().<GgufValue>map(value -> new Whole(ValueType.INT32, value)).toList());
  }

  /** A list of single-precision numbers, such as the token scores. */
  static GgufValue float32s(List<Float> values) {
    return new Array(
        ValueType.FLOAT32, values.stream().<GgufValue>map(GgufValue::float32).toList());
  }
}
