package dev.pipeline.model;

import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;

/** Elements of a weight, row-major, a stretch at a time. */
interface WeightSlices {
  /** A vector of {@code count} elements from {@code first} on, in the type of {@code like}. */
  Tensor read(Scope scope, long first, long count, Tensor like);
}
