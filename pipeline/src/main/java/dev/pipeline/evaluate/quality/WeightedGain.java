package dev.pipeline.evaluate.quality;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.evaluate.metric.Bootstrap;
import dev.pipeline.evaluate.metric.Score;
import java.util.Arrays;
import java.util.List;

/**
 * What an importance matrix does to one type, on the same rows with and without.
 *
 * @param quantisation such as {@code Q4_K_M}
 * @param lowered share by which it lowers the divergence from F16, with an interval over rows that
 *     are drawn for both files at once; below 0 where it raises it
 */
public record WeightedGain(String quantisation, Score lowered) {
  static WeightedGain of(
      String quantisation, List<RowDifference> plain, List<RowDifference> weighted) {
    return new WeightedGain(
        quantisation,
        Bootstrap.score(
            plain.size(), chosen -> lowered(sum(plain, chosen), sum(weighted, chosen))));
  }

  private static double lowered(double plain, double weighted) {
    return plain == 0 ? 0 : 1 - weighted / plain;
  }

  /**
   * Whether the weighted file is closer to F16 beyond doubt: the whole interval says so. In doubt
   * the plain file is the one to keep, which anyone makes again from the F16 file alone.
   */
  @JsonProperty(value = "beyond_doubt", access = JsonProperty.Access.READ_ONLY)
  public boolean beyondDoubt() {
    return lowered.low() > 0;
  }

  private static double sum(List<RowDifference> rows, int[] chosen) {
    return Arrays.stream(chosen).mapToDouble(i -> rows.get(i).divergence()).sum();
  }
}
