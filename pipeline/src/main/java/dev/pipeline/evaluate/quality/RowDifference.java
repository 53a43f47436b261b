package dev.pipeline.evaluate.quality;

import dev.pipeline.export.llama.LogitsComparison;

/**
 * How a file's predictions of one row's answer differ from the F16 file's.
 *
 * @param tokens of the answer, its terminator included
 * @param divergence Kullback-Leibler divergence from F16, in nats, summed over them
 * @param agreeing tokens where both prefer the same one
 */
public record RowDifference(int tokens, double divergence, int agreeing) {
  static RowDifference of(LogitsComparison comparison) {
    return new RowDifference(
        comparison.divergences().size(),
        comparison.divergences().stream().mapToDouble(Double::doubleValue).sum(),
        (int) comparison.agrees().stream().filter(agrees -> agrees).count());
  }
}
