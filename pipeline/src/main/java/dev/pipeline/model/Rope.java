package dev.pipeline.model;

import java.util.Collections;
import java.util.List;

/**
 * Rotary positions (Su et al. 2021, "RoFormer"), with the ways of stretching them that Hugging Face
 * calls {@code rope_scaling}. The i-th pair of a head turns by {@code position / (divisor_i *
 * theta^(2 i / size))}; every kind of scaling is a choice of divisors.
 *
 * @param theta base of the frequencies
 * @param size elements of a head that turn, even, at most the head's size
 * @param scaling how the divisors came to be
 * @param divisors one a pair, for sequences up to {@code originalPositions}
 * @param longDivisors one a pair, for longer sequences
 * @param originalPositions tokens of a sequence beyond which {@code longDivisors} count
 * @param attentionFactor multiplies both tables, and so attention scores by its square
 */
public record Rope(
    double theta,
    int size,
    Scaling scaling,
    List<Float> divisors,
    List<Float> longDivisors,
    int originalPositions,
    double attentionFactor) {
  /** Where the divisors come from. */
  public enum Scaling {
    /** All are one. */
    NONE,
    /** All are one factor (Chen et al. 2023, "Extending Context Window ... via Interpolation"). */
    LINEAR,
    /** Low frequencies are divided, high ones are not, as in Llama 3.1. */
    LLAMA3,
    /** Found by search, one set for short and one for long sequences (Ding et al. 2024). */
    LONGROPE
  }

  public Rope {
    divisors = List.copyOf(divisors);
    longDivisors = List.copyOf(longDivisors);
  }

  /** Positions as they were trained. */
  static Rope plain(double theta, int size) {
    return uniform(theta, size, Scaling.NONE, 1f);
  }

  /** Positions divided by {@code factor}. */
  static Rope linear(double theta, int size, double factor) {
    return uniform(theta, size, Scaling.LINEAR, (float) factor);
  }

  /** Divisors that hold at any length. */
  static Rope fixed(double theta, int size, Scaling scaling, List<Float> divisors) {
    return new Rope(theta, size, scaling, divisors, divisors, Integer.MAX_VALUE, 1.0);
  }

  private static Rope uniform(double theta, int size, Scaling scaling, float divisor) {
    return fixed(theta, size, scaling, Collections.nCopies(size / 2, divisor));
  }

  /** Whether short and long sequences turn alike. */
  boolean sameAtAnyLength() {
    return divisors.equals(longDivisors) && attentionFactor == 1;
  }

  /** Whether one factor is not enough to describe the divisors. */
  boolean needsTable() {
    return scaling == Scaling.LLAMA3 || scaling == Scaling.LONGROPE;
  }

  /** The divisors for sequences of {@code length} tokens. */
  List<Float> divisors(int length) {
    return length > originalPositions ? longDivisors : divisors;
  }
}
