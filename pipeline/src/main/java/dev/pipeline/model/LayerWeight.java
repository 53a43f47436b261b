package dev.pipeline.model;

/**
 * One weight of a decoder layer.
 *
 * @param name its Hugging Face name below {@code model.layers.N.}
 * @param ggufName its GGUF name below {@code blk.N.}
 * @param rows output features, or the length of a vector
 * @param columns input features, or 0 for a vector
 */
public record LayerWeight(String name, String ggufName, int rows, int columns) {
  /** Number of elements. */
  public long elements() {
    return (long) rows * Math.max(columns, 1);
  }

  /** {@code [rows]} or {@code [rows, columns]}. */
  public long[] shape() {
    return columns == 0 ? new long[] {rows} : new long[] {rows, columns};
  }
}
