package dev.pipeline.export;

import dev.pipeline.weights.gguf.GgmlType;

/** File types this program writes, as llama.cpp names them. */
public enum FileType {
  /** Half floats throughout; lossless for a BF16 model but for its smallest weights. */
  F16(1, GgmlType.F16),
  /** 8.5 bits a weight. */
  Q8_0(7, GgmlType.Q8_0),
  /** About 4.9 bits a weight, more for the tensors that suffer most. */
  Q4_K_M(15, GgmlType.Q4_K);

  private final int id;
  private final GgmlType mostTensors;

  FileType(int id, GgmlType mostTensors) {
    this.id = id;
    this.mostTensors = mostTensors;
  }

  /** The value of {@code general.file_type}. */
  public int id() {
    return id;
  }

  /** The type of most matrices. */
  public GgmlType mostTensors() {
    return mostTensors;
  }
}
