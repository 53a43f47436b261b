package dev.pipeline.model;

import dev.pipeline.torch.Tensor;

/**
 * A matrix in four bits.
 *
 * @param codes uint8 {@code [elements / 2]}: two weights a byte, the first in the high half
 * @param constants uint8 {@code [elements / 64]}: how large each block's largest weight is
 * @param largest float32 {@code [elements / 64 / 256]}, rounded up: by what the constants are
 *     multiplied
 * @param offset float32 scalar: what is added to them then
 * @param shape {@code [out, in]}
 */
record Nf4Weight(Tensor codes, Tensor constants, Tensor largest, Tensor offset, long[] shape) {
  /** Bytes of a matrix of so many elements in this form. */
  static long bytes(long elements) {
    long blocks = elements / Nf4.BLOCK;
    long ofConstants = (blocks + Nf4.CONSTANT_BLOCK - 1) / Nf4.CONSTANT_BLOCK;
    return elements / 2 + blocks + Float.BYTES * (ofConstants + 1);
  }
}
