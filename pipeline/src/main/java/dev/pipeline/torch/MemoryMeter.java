package dev.pipeline.torch;

/** Tells how much memory a run takes. */
interface MemoryMeter {
  /** Bytes taken: the most since the meter was made, or now where only that is known. */
  long used();

  /** Gives back what is taken without being needed. */
  default void release() {}
}
