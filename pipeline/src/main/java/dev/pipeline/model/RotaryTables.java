package dev.pipeline.model;

import dev.pipeline.torch.Program;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import java.util.List;

/**
 * Cosines and sines of a decoder's rotary positions; a second pair where long sequences turn
 * otherwise than short ones.
 */
final class RotaryTables {
  private final Rope rope;
  private final List<Tensor> whenShort;
  private final List<Tensor> whenLong;

  /**
   * Tables for sequences of at most {@code maxLength} tokens, living in {@code scope}.
   *
   * @param like a tensor of the type and on the device that the tables are for
   */
  RotaryTables(Scope scope, Program program, Tensor like, Rope rope, int maxLength) {
    this.rope = rope;
    int shortest = Math.min(maxLength, rope.originalPositions());
    this.whenShort = tables(scope, program, like, rope, shortest);
    this.whenLong =
        maxLength > shortest ? tables(scope, program, like, rope, maxLength) : whenShort;
  }

  /** Cosines and sines, {@code [at least length, rotary size]}, for sequences of that length. */
  List<Tensor> of(long length) {
    return length > rope.originalPositions() ? whenLong : whenShort;
  }

  /**
   * Cosines and sines, {@code [B, 1, 1, rotary size]}, of the last positions of B sequences, each
   * turning as its own length says.
   *
   * @param positions {@code [B]}; a sequence's length is one more
   */
  List<Tensor> rows(Scope scope, Program program, Tensor positions) {
    return List.of(row(scope, program, positions, 0), row(scope, program, positions, 1));
  }

  private Tensor row(Scope scope, Program program, Tensor positions, int table) {
    return scope.call(
        program,
        "turned",
        positions,
        whenShort.get(table),
        whenLong.get(table),
        rope.originalPositions());
  }

  private static List<Tensor> tables(
      Scope scope, Program program, Tensor like, Rope rope, int length) {
    List<Float> divisors = rope.divisors(length);
    float[] values = new float[divisors.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = divisors.get(i);
    }
    return scope.callList(
        program,
        "rotary",
        like,
        length,
        rope.size(),
        rope.theta(),
        scope.floats(values, values.length),
        rope.attentionFactor());
  }
}
