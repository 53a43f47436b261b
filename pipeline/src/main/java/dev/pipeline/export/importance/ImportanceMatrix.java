package dev.pipeline.export.importance;

import dev.pipeline.io.Failure;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * For each linear weight, how strongly each of its columns is used: the mean over tokens of the
 * squared input. Quantising then minimises {@code sum_j importance_j (w_j - q_j)^2} in place of the
 * plain error of the weights.
 *
 * @param origin what errors name: a file, or what it was made from
 * @param dataset the text it was computed on, for people
 * @param sequences number of token sequences
 * @param longest tokens of the longest of them
 * @param entries sums by GGUF name of the weight
 */
public record ImportanceMatrix(
    String origin, String dataset, int sequences, int longest, SortedMap<String, Entry> entries) {
  /** An unused column next to used ones; no kernel divides by a sum of such weights alone. */
  private static final double UNUSED = 1e-12;

  /** Sorts the entries, and refuses what no kernel could weigh by. */
  public ImportanceMatrix {
    entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
    if (entries.isEmpty()) {
      throw Failure.refused(origin + " holds no importances", "compute the matrix again");
    }
    entries.forEach((weight, entry) -> entry.check(origin, weight));
  }

  /**
   * What one weight's inputs add up to.
   *
   * @param sums of squares, a column each
   * @param tokens how many were added up
   */
  public record Entry(double[] sums, long tokens) {
    private void check(String origin, String weight) {
      if (tokens < 1) {
        throw Failure.refused(
            origin + ": " + weight + " was computed on no token", "compute the matrix again");
      }
      for (double sum : sums) {
        if (!Double.isFinite(sum) || sum < 0) {
          throw Failure.refused(
              origin + ": the squared inputs of " + weight + " add up to " + sum,
              "train again with a lower learning rate, or restore the last good checkpoint");
        }
      }
    }
  }

  /**
   * The importances of {@code weight}; empty where there are none, or all are zero: then every
   * column counts the same.
   *
   * @param columns length of its rows
   * @throws Failure when the matrix is of a model of other sizes
   */
  public Optional<float[]> of(String weight, long columns) {
    Entry entry = entries.get(weight);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.sums.length != columns) {
      throw Failure.refused(
          "%s has importances of %d columns for %s, which has %d"
              .formatted(origin, entry.sums.length, weight, columns),
          "compute the matrix on this very model");
    }
    float[] means = new float[entry.sums.length];
    double mean = 0;
    for (int column = 0; column < means.length; column++) {
      means[column] = (float) (entry.sums[column] / entry.tokens);
      mean += (double) means[column] / means.length;
    }
    for (int column = 0; column < means.length; column++) {
      means[column] = means[column] == 0 ? (float) (UNUSED * mean) : means[column];
    }
    return mean == 0 ? Optional.empty() : Optional.of(means);
  }

  /** The matrix of sums as a pass over text leaves them. */
  public static ImportanceMatrix of(
      String dataset, int sequences, int longest, long tokens, Map<String, double[]> sums) {
    SortedMap<String, Entry> entries = new TreeMap<>();
    sums.forEach((weight, squares) -> entries.put(weight, new Entry(squares, tokens)));
    return new ImportanceMatrix("importance matrix", dataset, sequences, longest, entries);
  }
}
