package dev.pipeline.model;

/** How the matrices of a base's layers are kept in memory. */
public enum BasePrecision {
  /** In the type that is computed in: bfloat16 on a GPU, float32 on a CPU. */
  COMPUTED,
  /** In four bits (QLoRA); embedding, norms and head stay in the computed type. */
  NF4
}
