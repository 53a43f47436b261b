package dev.pipeline.train;

import java.util.SplittableRandom;

/**
 * Derives independent seeds from one, so that every random choice is a function of its place in the
 * run.
 */
final class Seeds {
  private Seeds() {}

  static long mix(long seed, long... places) {
    long mixed = seed;
    for (long place : places) {
      mixed = new SplittableRandom(mixed * 31 + place).nextLong();
    }
    return mixed;
  }
}
