package dev.pipeline.torch;

import java.nio.file.Path;

/**
 * Brings tensors from files into the engine through memory maps, without a detour over the Java
 * heap.
 */
public final class WeightLoader implements AutoCloseable {
  private final Program memory;

  /** A loader for tensors of {@code torch}. */
  public WeightLoader(Torch torch) {
    this.memory = torch.program("memory");
  }

  /**
   * Maps a stretch of a file as a tensor and converts it to the type and device of {@code like}.
   * When type and device already agree the result is the map itself: never change it in place.
   *
   * @param file the file, whose length is {@code fileBytes}
   * @param offset byte at which the tensor starts
   * @param stored element type in the file
   */
  public Tensor load(
      Scope scope,
      Path file,
      long fileBytes,
      long offset,
      ScalarType stored,
      long[] shape,
      Tensor like) {
    String path = file.toAbsolutePath().toString();
    if (offset % stored.bytes() == 0) {
      return scope.call(
          memory,
          "mapped",
          path,
          fileBytes / stored.bytes(),
          stored.code(),
          offset / stored.bytes(),
          shape,
          like);
    }
    long length = stored.bytes();
    for (long size : shape) {
      length *= size;
    }
    return scope.call(
        memory, "copied", path, fileBytes, stored.code(), offset, length, shape, like);
  }

  /** A tensor of {@code shape} to be filled, in the type and on the device of {@code like}. */
  public Tensor allocate(Scope scope, long[] shape, Tensor like) {
    return scope.call(memory, "allocated", shape, like);
  }

  /**
   * Copies {@code values} into {@code target}, converted to its type.
   *
   * @param first index of the first element to set, row-major
   */
  public void fill(Scope scope, Tensor target, long first, float[] values) {
    try (Scope copy = scope.inner()) {
      copy.call(memory, "filled", target, first, copy.floats(values, values.length));
    }
  }

  /**
   * Rows that were neighbours within a head, in halves of the head: row 2 i goes to i, row 2 i + 1
   * to i + half.
   *
   * @param tensor {@code [rows, columns]} or a vector of rows
   * @param heads heads the rows belong to
   */
  public Tensor pairsToHalves(Scope scope, Tensor tensor, int heads) {
    return scope.call(memory, "pairs_to_halves", tensor, heads);
  }

  /** An empty tensor of the given type, to pass as {@code like}. */
  public Tensor like(Scope scope, ScalarType type) {
    return scope.call(memory, "cast", scope.full(0f, 0), type.code());
  }

  /** {@code tensor} in another element type. */
  public Tensor cast(Scope scope, Tensor tensor, ScalarType type) {
    return scope.call(memory, "cast", tensor, type.code());
  }

  @Override
  public void close() {
    memory.close();
  }
}
