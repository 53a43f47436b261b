package dev.pipeline.model;

/**
 * One weight by both its names.
 *
 * @param name its Hugging Face name: below {@code model.layers.N.} in a layer, whole outside of one
 * @param ggufName its GGUF name: below {@code blk.N.} in a layer, whole outside of one
 * @param rows output features, or the length of a vector
 * @param columns input features, or 0 for a vector
 * @param turnedHeads heads whose rows GGUF holds in another order, or 0: see {@link RotaryRows}
 */
public record LayerWeight(String name, String ggufName, int rows, int columns, int turnedHeads) {
  /** A matrix {@code [rows, columns]} whose rows have the same order in GGUF. */
  static LayerWeight matrix(String name, String ggufName, int rows, int columns) {
    return new LayerWeight(name, ggufName, rows, columns, 0);
  }

  /** A vector: a norm's weight or a bias. */
  static LayerWeight vector(String name, String ggufName, int length) {
    return new LayerWeight(name, ggufName, length, 0, 0);
  }

  /** The bias that belongs to this matrix. */
  LayerWeight bias() {
    return new LayerWeight(
        module() + ".bias", ggufName.replaceAll("weight$", "bias"), rows, 0, turnedHeads);
  }

  /** The module it belongs to, such as {@code self_attn.q_proj}. */
  public String module() {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The same weight with whole names, in layer {@code index}. */
  public LayerWeight inLayer(int index) {
    return new LayerWeight(
        WeightNames.layer(index) + name,
        "blk." + index + "." + ggufName,
        rows,
        columns,
        turnedHeads);
  }

  /** Whether it is a norm's weight or a bias. */
  public boolean isVector() {
    return columns == 0;
  }

  /** Whether it is added, not multiplied with. */
  public boolean isBias() {
    return name.endsWith(".bias");
  }

  /** {@code [rows]} or {@code [rows, columns]}. */
  public long[] shape() {
    return isVector() ? new long[] {rows} : new long[] {rows, columns};
  }

  /** Numbers in it. */
  long elements() {
    return (long) rows * Math.max(columns, 1);
  }
}
