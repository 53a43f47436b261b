package dev.pipeline.export;

import dev.pipeline.weights.gguf.GgmlType;

/** File types this program writes, as llama.cpp names them. */
public enum FileType {
  /** Half floats throughout; lossless for a BF16 model but for its smallest weights. */
  F16(1, GgmlType.F16, false),
  /** 8.5 bits a weight. */
  Q8_0(7, GgmlType.Q8_0, false),
  /** 6.6 bits a weight. */
  Q6_K(18, GgmlType.Q6_K, true),
  /** About 5.7 bits a weight, more for the tensors that suffer most. */
  Q5_K_M(17, GgmlType.Q5_K, true),
  /** About 4.9 bits a weight, more for the tensors that suffer most. */
  Q4_K_M(15, GgmlType.Q4_K, true),
  /** 4.5 bits a weight; the fastest kernels on some processors, and the coarsest. */
  Q4_0(2, GgmlType.Q4_0, true);

  private final int id;
  private final GgmlType mostTensors;
  private final boolean weighted;

  FileType(int id, GgmlType mostTensors, boolean weighted) {
    this.id = id;
    this.mostTensors = mostTensors;
    this.weighted = weighted;
  }

  /** Whether its kernels can weigh errors by an importance matrix. */
  public boolean isWeighted() {
    return weighted;
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
