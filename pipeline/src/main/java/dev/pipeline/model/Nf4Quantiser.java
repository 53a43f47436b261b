package dev.pipeline.model;

import dev.pipeline.io.Failure;
import dev.pipeline.torch.Program;
import dev.pipeline.torch.ScalarType;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.torch.WeightLoader;
import java.util.List;

/**
 * Quantises matrices to {@linkplain Nf4 NF4} piece by piece, so that a model's wider form is never
 * in memory: besides the result there is a piece at a time.
 */
final class Nf4Quantiser implements AutoCloseable {
  /**
   * Elements quantised at once: 1 MiB in float32, so that the steps find each other's in a cache.
   */
  private static final long SLICE = 1L << 18;

  private final Torch torch;
  private final Scope scope;
  private final Program program;
  private final Tensor like;

  /**
   * The range of a scaled weight in 65 equal cells, none of which holds two limits: how many limits
   * lie in lower cells, and the one inside. A value's code is the first, and one more if the value
   * is above the second; a binary search takes five times as long.
   */
  private final List<Tensor> cells;

  private final Tensor constantLimits;

  Nf4Quantiser(Torch torch) {
    this.torch = torch;
    this.scope = torch.root().inner();
    this.program = torch.program("nf4");
    this.cells = scope.callList(program, "cells", vector(Nf4.limits(Nf4.weights())));
    this.constantLimits = vector(Nf4.limits(Nf4.constants()));
    try (WeightLoader loader = new WeightLoader(torch)) {
      this.like = loader.like(scope, ScalarType.FLOAT32);
    }
  }

  private Tensor vector(float[] values) {
    return scope.floats(values, values.length);
  }

  /**
   * The matrix {@code name}, quantised into {@code target}'s memory.
   *
   * @param shape {@code [out, in]}
   * @param source reads it
   */
  Nf4Weight quantise(Scope target, String name, long[] shape, Source source) {
    long elements = shape[0] * shape[1];
    if (elements % Nf4.BLOCK != 0) {
      throw Failure.refused(
          name + " has " + elements + " elements, which blocks of " + Nf4.BLOCK + " do not divide",
          "set load_in_4bit: false for this model");
    }
    return torch.withoutGradient(
        () -> {
          Tensor codes = target.call(program, "bytes", elements / 2, like);
          try (Scope work = scope.inner()) {
            Tensor absmax = work.full(0f, elements / Nf4.BLOCK);
            source.pieces(
                work, like, (first, values) -> quantise(work, values, first, codes, absmax));
            refuseNonFinite(name, absmax);
            List<Tensor> constants =
                target.callList(program, "quantise_constants", absmax, constantLimits);
            return new Nf4Weight(
                codes, constants.get(0), constants.get(1), constants.get(2), shape);
          }
        });
  }

  private void quantise(Scope work, Tensor values, long first, Tensor codes, Tensor absmax) {
    for (long from = 0; from < values.elements(); from += SLICE) {
      long count = Math.min(SLICE, values.elements() - from);
      try (Scope slice = work.inner()) {
        slice.call(
            program,
            "quantise",
            values,
            from,
            count,
            cells.get(0),
            cells.get(1),
            codes,
            absmax,
            first + from);
      }
    }
  }

  private static void refuseNonFinite(String name, Tensor absmax) {
    for (float value : absmax.toFloats()) {
      if (!Float.isFinite(value)) {
        throw Failure.refused(
            name + " holds " + value, "fetch the model folder again; its weights are damaged");
      }
    }
  }

  @Override
  public void close() {
    program.close();
    scope.close();
  }

  /** A matrix somewhere. */
  interface Source {
    /** Hands it over piece by piece, in whole blocks, in the type of {@code like}. */
    void pieces(Scope scope, Tensor like, WeightSource.Pieces pieces);
  }
}
