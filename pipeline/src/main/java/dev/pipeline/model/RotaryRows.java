package dev.pipeline.model;

/**
 * The order of the rows of query and key projections. Rotary embedding turns pairs of elements of a
 * head: Hugging Face pairs element i with i + half, Meta and llama.cpp's {@code llama} architecture
 * pair 2 i with 2 i + 1, so that rows change places between the two kinds of file.
 */
public final class RotaryRows {
  private RotaryRows() {}

  /**
   * From Hugging Face's order to GGUF's.
   *
   * @param values {@code [rows, columns]} row-major, or a vector of {@code rows}
   * @param heads heads that the rows belong to, or 0 to change nothing
   */
  public static float[] toGguf(float[] values, int rows, int heads) {
    return turned(values, rows, heads, true);
  }

  /** From GGUF's order to Hugging Face's: the inverse of {@link #toGguf}. */
  public static float[] toHuggingFace(float[] values, int rows, int heads) {
    return turned(values, rows, heads, false);
  }

  private static float[] turned(float[] values, int rows, int heads, boolean toGguf) {
    if (heads == 0) {
      return values;
    }
    int columns = values.length / rows;
    int size = rows / heads;
    float[] result = new float[values.length];
    for (int row = 0; row < rows; row++) {
      int element = row % size;
      int neighbour = row - element + 2 * (element % (size / 2)) + element / (size / 2);
      int from = toGguf ? row : neighbour;
      int to = toGguf ? neighbour : row;
      System.arraycopy(values, from * columns, result, to * columns, columns);
    }
    return result;
  }
}
