package dev.pipeline.model;

/** The tensors of an adapted projection, in the order the decoder's program takes them. */
enum AdapterPart {
  /** A {@code [rank, in]}. */
  DOWN("lora_A.weight"),
  /** B {@code [out, rank]}. */
  UP("lora_B.weight"),
  /** m {@code [out]}, only in DoRA. PEFT saves it without {@code .weight}. */
  MAGNITUDE("lora_magnitude_vector");

  private final String suffix;

  AdapterPart(String suffix) {
    this.suffix = suffix;
  }

  boolean isIn(LoraSpec spec) {
    return this != MAGNITUDE || spec.decomposed();
  }

  long[] shape(int rank, Projection projection) {
    return switch (this) {
      case DOWN -> new long[] {rank, projection.inFeatures()};
      case UP -> new long[] {projection.outFeatures(), rank};
      case MAGNITUDE -> new long[] {projection.outFeatures()};
    };
  }

  /** What PEFT calls this tensor of a projection of layer {@code layer}. */
  String name(int layer, Projection projection) {
    return of(WeightNames.layer(layer) + projection.module());
  }

  /** What PEFT calls this tensor of a module, such as {@code model.layers.0.mlp.down_proj}. */
  String of(String module) {
    return AdapterFolder.PREFIX + module + "." + suffix;
  }
}
