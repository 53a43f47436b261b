package dev.pipeline.torch;

import java.util.Locale;

/** Element types by the codes TorchScript uses for them ({@code c10/core/ScalarType.h}). */
public enum ScalarType {
  /** 64-bit signed integer. */
  INT64(4, 8),
  /** IEEE half precision. */
  FLOAT16(5, 2),
  /** IEEE single precision. */
  FLOAT32(6, 4),
  /** Brain floating point: the upper half of a float. */
  BFLOAT16(15, 2);

  private final int code;
  private final int bytes;

  ScalarType(int code, int bytes) {
    this.code = code;
    this.bytes = bytes;
  }

  /** The integer that stands for this type in TorchScript source and arguments. */
  public long code() {
    return code;
  }

  /** Bytes an element takes. */
  public int bytes() {
    return bytes;
  }

  /** The safetensors spelling: F32, F16, BF16 or I64. */
  public static ScalarType ofSafetensors(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "F32" -> FLOAT32;
      case "F16" -> FLOAT16;
      case "BF16" -> BFLOAT16;
      case "I64" -> INT64;
      default -> throw new IllegalArgumentException("no tensor type for " + name);
    };
  }
}
